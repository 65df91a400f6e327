import type { OutboxRecord } from '../ports/index.ts'
import { fetchBatch } from './fetch-batch.ts'
import type { FetchedBatch } from './fetch-trial.ts'
import type { SyncWork } from './sync-work.ts'

const batch = 50
/** After a look that failed: how many are looked through for one that can be read, and how much further on each look begins. */
const reach = 500
const stride = 30
const retryMs = 60_000

/**
 * Fetches what pages named, oldest first, until none is due or the time is used up. Attempts are counted before a fetch, so that an item that
 * kills the process is set aside in the end like any other that cannot be read.
 * @throws what concerns the whole connection: a dead grant, a quota, no network; nothing is counted against the items then
 */
export async function fetchItems(work: SyncWork): Promise<FetchedBatch & { finished: boolean }> {
  const { context, connection, provider, failedLooks } = work
  let readAt = connection.lastItemAt
  let found = 0
  let oldestAt: number | null = null
  if (provider.fetch === undefined) return { found, oldestAt, finished: true }
  for (;;) {
    const now = context.clock.now()
    if (now > work.endsAt) return { found, oldestAt, finished: false }
    const take = { now, retryAt: now + retryMs, limit: failedLooks > 0 ? reach : batch }
    const items = await context.store.outbox.takeToFetch(connection.tenantId, connection.id, take)
    if (items.length === 0) return { found, oldestAt, finished: true }
    const fetched = await fetchBatch(work, failedLooks > 0 ? beginElsewhere(items, failedLooks) : items, readAt)
    found += fetched.found
    if (fetched.oldestAt !== null) {
      oldestAt = Math.min(oldestAt ?? Infinity, fetched.oldestAt)
      readAt = now
    }
  }
}

/** The newest first, and further on after each look that failed, so that nothing waits for ever behind what is refused each time. */
function beginElsewhere(items: readonly OutboxRecord[], failedLooks: number): readonly OutboxRecord[] {
  const newest = items.toReversed()
  const start = ((failedLooks - 1) * stride) % items.length
  return [...newest.slice(start), ...newest.slice(0, start)]
}
