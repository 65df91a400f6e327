import { toOutbox } from './queue-event.ts'
import { writeRun } from './sync-run.ts'
import type { SyncRun } from './sync-run.ts'
import { advance, scheduleDelivery } from './sync-work.ts'
import type { SyncWork } from './sync-work.ts'
import { trackItems } from './track-items.ts'

const batch = 200

/** Whether more than the cursor has to be written when the last page is stored: the host is told of a gap, or of what a full listing did not show. */
export function mustConclude({ provider }: SyncWork, { mode }: SyncRun): boolean {
  return mode === 'recover' || (mode === 'start' && provider.describeGone !== undefined)
}

/**
 * Ends a full listing. What the host knows and the listing did not show is gone: it is told so, piece by piece, and only after success. Then the
 * cursor moves to the pinned place, and the host is told of the gap that is closed, in one transaction.
 */
export async function concludeListing(work: SyncWork, run: SyncRun, cursor: string): Promise<void> {
  const gone = await tellGone(work, run)
  const { context, connection, sealer } = work
  const now = context.clock.now()
  const body = {
    type: 'connection.gap_recovered' as const,
    count: run.count + gone,
    from: new Date(run.since).toISOString(),
    to: new Date(now).toISOString(),
  }
  const event = await toOutbox(context, sealer, connection, { key: `gap:${run.since}:${cursor}`, occurredAt: now, body }, 'gapfill')
  await context.store.transaction(async (transaction) => {
    await advance(work, transaction, { cursor, run: null })
    if (run.mode !== 'recover') return
    await transaction.outbox.insert([event])
    await scheduleDelivery(work, transaction)
  })
}

async function tellGone(work: SyncWork, run: SyncRun): Promise<number> {
  const { context, connection, provider, call } = work
  const describe = provider.describeGone?.bind(provider)
  let count = 0
  if (describe === undefined) return count
  for (;;) {
    const unseen = await context.store.items.listUnseen(connection.tenantId, connection.id, run.id, batch)
    if (unseen.length === 0) return count
    const states = unseen.map(({ id }) => describe(call, id))
    const { events, items } = await trackItems(work, states, run, run.mode === 'recover' ? 'gapfill' : 'backfill')
    count += events.length
    // Counted together with the items, so that a listing that is resumed tells the whole number.
    const told = { ...run, count: run.count + count }
    await context.store.transaction(async (transaction) => {
      await advance(work, transaction, { run: writeRun(told) })
      await transaction.items.put(items)
      await transaction.outbox.insert(events)
      await scheduleDelivery(work, transaction)
    })
  }
}
