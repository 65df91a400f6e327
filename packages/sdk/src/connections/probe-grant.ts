import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import { isTenantryError } from '../errors/index.ts'
import type { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { ConnectionPatch, Repositories } from '../ports/index.ts'
import type { AnyProvider, ProviderCall } from '../providers/provider.ts'
import { setStatusWithin } from './change.ts'
import { LostLease } from './lost-lease.ts'
import { providerCall } from './provider-call.ts'

/** What reading the thing itself says of a grant. */
export interface ProbedGrant {
  /** `degraded`: it is read, and something else was refused. */
  readonly status: 'connected' | 'degraded' | 'error'
  readonly failure: TenantryError | null
  /** Where the feed stands, or begins once it can be read; absent when the provider does not tell. */
  readonly cursor?: string | undefined
}

/**
 * Reads with tokens that no call has used yet, each of them asked for first: what is found wrong is a status, save the wrong account.
 * @throws `account_mismatch`
 */
export async function probeGrant(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  open: () => Promise<ProviderCall['accessToken']>,
): Promise<ProbedGrant> {
  const begunAt = context.clock.now()
  try {
    const accessToken = await open()
    const { cursor, failure } = await provider.probe({ ...providerCall(context, provider, connection), accessToken })
    if (failure === undefined) return { status: 'connected', failure: null, cursor }
    const { class: kind, error } = provider.vendor.classify(failure)
    return { status: kind === 'permanent' ? 'degraded' : 'error', failure: error, cursor }
  } catch (error) {
    if (isTenantryError(error) && error.code === 'account_mismatch') throw error
    return { status: 'error', failure: provider.vendor.classify(error).error, cursor: provider.placeAt?.(begunAt) }
  }
}

/** Keeps what the probe said, in the transaction that keeps the rest, and has the pipe opened. @throws LostLease when the connection was ended meanwhile */
export async function settleProbe(
  context: Context,
  transaction: Repositories,
  sealer: Sealer,
  connection: Connection,
  { status, failure, cursor }: ProbedGrant,
  because: { readonly actor: string; readonly patch?: ConnectionPatch },
): Promise<void> {
  const { tenantId, id } = connection
  const written = await setStatusWithin(context, transaction, sealer, connection, status, {
    ...because,
    ...(failure !== null && { reason: failure.code, values: failure.values }),
  })
  if (written === null) throw new LostLease()
  // What arrives between the consent and the first subscription is imported too; a place that is known already stays.
  if (cursor !== undefined && ((await transaction.syncStates.get(tenantId, id))?.cursor ?? null) === null)
    await transaction.syncStates.setCursor(tenantId, id, cursor)
  await transaction.tasks.schedule({ tenantId, connectionId: id, kind: 'provision', dueAt: context.clock.now(), reset: true })
}
