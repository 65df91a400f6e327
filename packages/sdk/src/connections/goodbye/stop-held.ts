import type { Context } from '../../context.ts'
import { ProviderRefusal, isTenantryError } from '../../errors/index.ts'
import type { GoodbyeRecord, SubscriptionRecord } from '../../ports/index.ts'
import type { AnyProvider, ProviderCall } from '../../providers/provider.ts'
import { changePipe } from '../change-pipe.ts'
import { classifyAny } from '../classify-any.ts'
import { LostLease } from '../lost-lease.ts'
import { providerPorts } from '../provider-call.ts'
import { resolveApp } from '../resolve-app.ts'
import type { HeldAccess } from './held-access.ts'
import type { Outcomes } from './journal.ts'
import type { Held } from './material.ts'

type Outcome = Outcomes extends ReadonlyMap<string, infer Value> ? Value : never

interface Work {
  readonly provider: AnyProvider
  readonly record: GoodbyeRecord
  readonly held: Held
  readonly access: HeldAccess
}

const done: Outcome = { state: 'done', code: null }

/** Stops a pipe of a connection that has ended, unless it ended by itself or a later life uses it. @throws `unavailable` */
export async function stopHeld(context: Context, work: Work, pipe: SubscriptionRecord): Promise<Outcome> {
  const { provider, held } = work
  const found = await context.store.subscriptions.findById(pipe.id)
  // A post may have told of it since.
  const row = found?.tenantId === pipe.tenantId ? found : null
  const known = { ...pipe, resourceId: row?.resourceId ?? pipe.resourceId, expiresAt: row?.expiresAt ?? pipe.expiresAt }
  if (known.expiresAt !== null && known.expiresAt <= context.clock.now()) return done
  if (row !== null && row.state !== 'retiring') return done
  if (await isInUse(context, held, pipe)) return done
  // Of one that never told its resource nothing is left to learn.
  if (row === null && pipe.tokenHash !== null && known.resourceId === null) return { state: 'given_up', code: 'unavailable' }
  const call: ProviderCall = {
    ...providerPorts(context, provider),
    connection: held.connection,
    // What stops a pipe is the first audience's.
    accessToken: () => work.access.token(),
    app: async () => held.app ?? (await resolveApp(context, held.connection, provider)),
    keepPipe: () => Promise.reject(new LostLease()),
  }
  try {
    await unsubscribe(context, work, call, known)
  } catch (error) {
    return explain(context, work, known, error)
  }
  if (row !== null) await changePipe(context, row, (latest) => (latest?.state === 'retiring' ? { ...latest, state: 'retired' } : null))
  return done
}

async function unsubscribe(context: Context, { provider, access }: Work, call: ProviderCall, pipe: SubscriptionRecord): Promise<void> {
  try {
    await provider.unsubscribe(call, pipe)
  } catch (error) {
    const isRefused = error instanceof ProviderRefusal && classifyAny(context, error).code === 'token_rejected'
    if (!isRefused || !access.reject()) throw error
    await provider.unsubscribe(call, pipe)
  }
}

/** A pipe that carries its connection's name is the only one of its account: another connection of the account has it by now. */
async function isInUse(context: Context, { connection }: Held, pipe: SubscriptionRecord): Promise<boolean> {
  if (pipe.id !== connection.id) return false
  const { tenantId, provider, account } = connection
  const ofAccount = await context.store.connections.list(tenantId, { provider, subjects: [account?.subject ?? null] })
  return ofAccount.some(({ id, status }) => id !== connection.id && status !== 'disconnected')
}

function explain(context: Context, { provider, record }: Work, pipe: SubscriptionRecord, error: unknown): Outcome {
  const failure = classifyAny(context, error)
  // Without a grant it cannot be asked for any more, and nothing can be read through it.
  if (provider.vendor.classify(failure).class === 'reauth') return { state: 'done', code: failure.code }
  // Its first post tells.
  if (isTenantryError(error) && error.code === 'unavailable' && pipe.resourceId === null) return { state: 'pending', code: null }
  context.logger.log(record.attempts === 0 ? 'warn' : 'debug', 'subscription.stop_failed', {
    connectionId: record.connectionId,
    code: failure.code,
  })
  const { code, retryAfterMs } = failure
  return { state: 'pending', code, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}
