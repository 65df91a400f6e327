import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import type { Connection } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'
import type { AnyProvider, ProviderCall } from '../providers/provider.ts'
import { assertSameLife, LostLease } from './lost-lease.ts'

/** Longer than the slowest batch of fetches; each write prolongs it. */
export const syncLeaseMs = 120_000

/** One worker's hold on one connection. */
export interface SyncWork {
  readonly context: Context
  readonly provider: AnyProvider
  readonly connection: Connection
  readonly call: ProviderCall
  readonly fence: number
  /** Seals for the tenant, looked up once for the whole run. */
  readonly sealer: Sealer
  /** Stop at the next safe place after this, epoch milliseconds. */
  readonly endsAt: number
  /** How often in a row it was looked before, in vain. */
  readonly failedLooks: number
}

/** Moves cursor and run as given, in a transaction that writes more. @throws LostLease when another worker took over or the connection was ended */
export async function advance(
  { context, connection, fence }: SyncWork,
  transaction: Repositories,
  to: { readonly cursor?: string; readonly run?: string | null } = {},
): Promise<void> {
  await assertSameLife(transaction, connection)
  const lease = { now: context.clock.now(), leaseMs: syncLeaseMs }
  const held = await transaction.syncStates.advance(connection.tenantId, connection.id, { fence, ...lease, ...to })
  if (!held) throw new LostLease()
}

/** In the transaction that made something to hand over. */
export function scheduleDelivery(
  { context, connection }: Pick<SyncWork, 'context' | 'connection'>,
  transaction: Repositories,
): Promise<void> {
  return transaction.tasks.schedule({
    tenantId: connection.tenantId,
    connectionId: connection.id,
    kind: 'deliver',
    dueAt: context.clock.now(),
  })
}
