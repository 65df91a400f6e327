import type { EventOrigin } from '../model/events.ts'
import type { OutboxRecord } from '../ports/index.ts'
import type { PulledPage } from '../providers/provider.ts'
import { toOutbox } from './queue-event.ts'
import { writeRun } from './sync-run.ts'
import type { SyncRun } from './sync-run.ts'
import { advance, scheduleDelivery } from './sync-work.ts'
import type { SyncWork } from './sync-work.ts'

const origins: Record<SyncRun['mode'], EventOrigin> = { start: 'backfill', pull: 'live', recover: 'gapfill' }

/**
 * Keeps a page's items and how to go on after it, in one transaction. A recovery's last page moves no cursor yet: that is
 * {@link concludeRecovery}'s, once everything was fetched.
 */
export async function storePage(work: SyncWork, page: PulledPage, run: SyncRun): Promise<{ oldestAt: number | null; run: SyncRun }> {
  const { context, connection, sealer } = work
  const records: OutboxRecord[] = []
  for (const change of page.changes) records.push(await toOutbox(context, sealer, connection, change, origins[run.mode]))
  const next = 'resume' in page.next ? { ...run, resume: page.next.resume } : run
  const oldestAt = await context.store.transaction(async (transaction) => {
    if ('resume' in page.next) await advance(work, transaction, { run: writeRun(next) })
    else await advance(work, transaction, run.mode === 'recover' ? {} : { cursor: page.next.cursor, run: null })
    const added = records.length === 0 ? 0 : await transaction.outbox.insert(records)
    // A provider's items are either all complete or all to be fetched.
    if (added === 0 || records.some(({ toFetch }) => toFetch)) return null
    await scheduleDelivery(work, transaction)
    return Math.min(...records.map(({ occurredAt }) => occurredAt))
  })
  return { oldestAt, run: next }
}

/** Makes the search durable before it begins, so that a crash cannot forget that there was a gap. */
export async function pinRecovery(work: SyncWork, since: number): Promise<SyncRun> {
  const run: SyncRun = { mode: 'recover', resume: null, since, count: 0 }
  const { context, connection, provider } = work
  context.logger.log('warn', 'sync.gap', { connectionId: connection.id, provider: provider.name })
  await context.store.transaction((transaction) => advance(work, transaction, { run: writeRun(run) }))
  return run
}

/** The gap is closed: the cursor moves to the pinned place and the host is told, in one transaction. */
export async function concludeRecovery(work: SyncWork, run: SyncRun, cursor: string): Promise<void> {
  const { context, connection, sealer } = work
  const now = context.clock.now()
  const body = {
    type: 'connection.gap_recovered' as const,
    count: run.count,
    from: new Date(run.since).toISOString(),
    to: new Date(now).toISOString(),
  }
  const event = await toOutbox(context, sealer, connection, { key: `gap:${run.since}:${cursor}`, occurredAt: now, body }, 'gapfill')
  await context.store.transaction(async (transaction) => {
    await advance(work, transaction, { cursor, run: null })
    await transaction.outbox.insert([event])
    await scheduleDelivery(work, transaction)
  })
}
