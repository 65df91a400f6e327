import type { EventOrigin } from '../model/events.ts'
import type { Change, ItemState, PulledPage } from '../providers/provider.ts'
import { mustConclude } from './conclude-listing.ts'
import { toOutbox } from './queue-event.ts'
import { writeRun } from './sync-run.ts'
import type { SyncRun } from './sync-run.ts'
import { advance, scheduleDelivery } from './sync-work.ts'
import type { SyncWork } from './sync-work.ts'
import { trackItems } from './track-items.ts'

const origins: Record<SyncRun['mode'], EventOrigin> = { start: 'backfill', pull: 'live', recover: 'gapfill' }

export interface StoredPage {
  /** When the oldest item happened that can now be handed over, epoch milliseconds; `null` when there is none. */
  readonly oldestAt: number | null
  readonly run: SyncRun
}

/**
 * Keeps a page's items and how to go on after it, in one transaction. The last page of a listing that has to be concluded moves no cursor yet:
 * that is {@link concludeListing}'s, once everything was fetched.
 */
export async function storePage(work: SyncWork, page: PulledPage, run: SyncRun): Promise<StoredPage> {
  const { context, connection, sealer } = work
  const origin = origins[run.mode]
  const tracked = await trackItems(work, page.changes.filter(isState), run, origin)
  const records = [...tracked.events]
  for (const change of page.changes) if (!isState(change)) records.push(await toOutbox(context, sealer, connection, change, origin))
  // What has still to be fetched is counted when it was found.
  const counted = { ...run, count: run.count + tracked.events.length }
  const next = 'resume' in page.next ? { ...counted, resume: page.next.resume } : counted
  const ends = 'cursor' in page.next && !mustConclude(work, run)
  const moves = ends ? { cursor: page.next.cursor, run: null } : { run: writeRun(next) }
  const ready = records.filter(({ toFetch }) => !toFetch)
  const added = await context.store.transaction(async (transaction) => {
    await advance(work, transaction, moves)
    if (tracked.items.length > 0) await transaction.items.put(tracked.items)
    const inserted = records.length === 0 ? 0 : await transaction.outbox.insert(records)
    if (inserted > 0 && ready.length > 0) await scheduleDelivery(work, transaction)
    return inserted
  })
  const oldestAt = added === 0 || ready.length === 0 ? null : Math.min(...ready.map(({ occurredAt }) => occurredAt))
  return { oldestAt, run: next }
}

/** Makes the search durable before it begins, so that a crash cannot forget that there was a gap. */
export async function pinRecovery(work: SyncWork, since: number): Promise<SyncRun> {
  const { context, connection, provider } = work
  const run: SyncRun = { mode: 'recover', id: context.random.uuid(), resume: null, since, count: 0 }
  context.logger.log('warn', 'sync.gap', { connectionId: connection.id, provider: provider.name })
  await context.store.transaction((transaction) => advance(work, transaction, { run: writeRun(run) }))
  return run
}

const isState = (change: Change): change is ItemState => 'item' in change
