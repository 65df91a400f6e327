import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { EventOrigin } from '../model/events.ts'
import type { OutboxRecord, SyncLease } from '../ports/index.ts'
import type { AnyProvider, ProviderCall, PulledPage } from '../providers/provider.ts'
import { changeConnection } from './change.ts'
import { assertSameLife, LostLease } from './lost-lease.ts'
import { providerCall } from './provider-call.ts'
import { toOutbox } from './queue-event.ts'

const leaseMs = 120_000
const roundLimit = 20

export interface SyncResult {
  /** Another worker has the connection; it sees every request that was made. */
  readonly busy: boolean
  readonly events: number
}

/**
 * Pulls the provider's changes into the outbox until nobody asks any more. One worker per connection; each page's events and the cursor
 * after it are written in one transaction, so a crash repeats a page at most and loses none.
 */
export async function sync(context: Context, provider: AnyProvider, connection: Connection): Promise<SyncResult> {
  const { tenantId, id } = connection
  let events = 0
  for (let round = 0; round < roundLimit; round += 1) {
    const lease = await context.store.syncStates.acquire(tenantId, id, { owner: context.random.uuid(), now: context.clock.now(), leaseMs })
    if (lease === null) return { busy: true, events }
    const wanted = lease.state.requested
    let processed = lease.state.processed
    try {
      events += await pullAll(context, provider, connection, lease)
      processed = wanted
    } finally {
      await context.store.syncStates.release(tenantId, id, { fence: lease.fence, processed })
    }
    const after = await context.store.syncStates.get(tenantId, id)
    if (after === null || after.requested <= wanted) return { busy: false, events }
  }
  return { busy: false, events }
}

async function pullAll(context: Context, provider: AnyProvider, connection: Connection, lease: SyncLease): Promise<number> {
  const call = providerCall(context, provider, connection)
  const { cursor } = lease.state
  if (cursor === null) return storePages(context, connection, lease, provider.start(call), 'backfill')
  try {
    return await storePages(context, connection, lease, provider.pull(call, cursor), 'live')
  } catch (error) {
    if (provider.vendor.classify(error).class !== 'cursor') throw error
    return recover(context, provider, connection, lease, call)
  }
}

async function recover(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  lease: SyncLease,
  call: ProviderCall,
): Promise<number> {
  const since = connection.lastSyncAt ?? connection.createdAt
  context.logger.log('warn', 'sync.gap', { connectionId: connection.id, provider: provider.name })
  const count = await storePages(context, connection, lease, provider.recover(call, since), 'gapfill')
  const now = context.clock.now()
  const sealer = await context.envelope.sealerFor(connection.tenantId)
  const body = { type: 'connection.gap_recovered' as const, count }
  const record = await toOutbox(context, sealer, connection, { key: `gap:${lease.state.cursor}`, occurredAt: now, body }, 'gapfill')
  await context.store.transaction(async (transaction) => {
    await assertSameLife(transaction, connection)
    await transaction.outbox.insert([record])
    await transaction.tasks.schedule({ tenantId: connection.tenantId, connectionId: connection.id, kind: 'deliver', dueAt: now })
  })
  return count
}

async function storePages(
  context: Context,
  connection: Connection,
  lease: SyncLease,
  pages: AsyncIterable<PulledPage>,
  origin: EventOrigin,
): Promise<number> {
  let events = 0
  for await (const page of pages) events += await storePage(context, connection, lease, page, origin)
  const now = context.clock.now()
  await changeConnection(context.store, connection, now, () => ({ lastSyncAt: now, ...(events > 0 && { lastItemAt: now }) }))
  return events
}

async function storePage(
  context: Context,
  connection: Connection,
  lease: SyncLease,
  page: PulledPage,
  origin: EventOrigin,
): Promise<number> {
  const sealer = await context.envelope.sealerFor(connection.tenantId)
  const records: OutboxRecord[] = []
  for (const change of page.changes) records.push(await toOutbox(context, sealer, connection, change, origin))
  const now = context.clock.now()
  const inserted = await context.store.transaction(async (transaction) => {
    await assertSameLife(transaction, connection)
    if (page.cursor !== null) {
      const held = await transaction.syncStates.advance(connection.tenantId, connection.id, {
        fence: lease.fence,
        cursor: page.cursor,
        leaseUntil: now + leaseMs,
      })
      if (!held) throw new LostLease()
    }
    const count = records.length === 0 ? 0 : await transaction.outbox.insert(records)
    if (count > 0)
      await transaction.tasks.schedule({ tenantId: connection.tenantId, connectionId: connection.id, kind: 'deliver', dueAt: now })
    return count
  })
  return inserted
}
