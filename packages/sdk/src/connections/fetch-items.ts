import type { OutboxRecord } from '../ports/index.ts'
import { fetchItem } from './fetch-item.ts'
import type { FetchedItem } from './fetch-item.ts'
import { isFound, settleItems } from './settle-items.ts'
import type { SyncWork } from './sync-work.ts'

const batch = 50
const concurrency = 10
/** What may wait in memory before it is written. */
const heldBytes = 16 * 1024 * 1024
const retryMs = 60_000

interface Fetched {
  /** How many a recovery had to find. */
  readonly found: number
  /** When the oldest item happened that can now be handed over; `null` when there is none. */
  readonly oldestAt: number | null
}

/**
 * Fetches what pages named, oldest first, until none is due or the time is used up. Attempts are counted before a fetch, so that an item that
 * kills the process is set aside in the end like any other that cannot be read.
 * @throws what concerns the whole connection: a dead grant, a quota, no network; nothing is counted against the items then
 */
export async function fetchItems(work: SyncWork): Promise<Fetched & { finished: boolean }> {
  const { context, connection, provider } = work
  let found = 0
  let oldestAt: number | null = null
  if (provider.fetch === undefined) return { found, oldestAt, finished: true }
  for (;;) {
    const now = context.clock.now()
    if (now > work.endsAt) return { found, oldestAt, finished: false }
    const items = await context.store.outbox.takeToFetch(connection.tenantId, connection.id, { now, retryAt: now + retryMs, limit: batch })
    if (items.length === 0) return { found, oldestAt, finished: true }
    const fetched = await fetchBatch(work, items)
    found += fetched.found
    if (fetched.oldestAt !== null) oldestAt = Math.min(oldestAt ?? Infinity, fetched.oldestAt)
  }
}

async function fetchBatch(work: SyncWork, items: readonly OutboxRecord[]): Promise<Fetched> {
  const waiting = [...items]
  let held: FetchedItem[] = []
  let found = 0
  let oldestAt: number | null = null
  let stop: { readonly error: unknown } | null = null

  const flush = async (): Promise<void> => {
    const ready = held
    held = []
    await settleItems(work, ready)
    found += ready.filter(isFound).length
    for (const { settlement } of ready) if (settlement.kind === 'fetched') oldestAt = Math.min(oldestAt ?? Infinity, settlement.occurredAt)
  }
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && stop === null; item = waiting.shift()) {
      const outcome = await fetchItem(work, item)
      if ('stop' in outcome) stop = { error: outcome.stop }
      held.push(outcome.item)
      if (held.reduce((bytes, { content }) => bytes + (content?.size ?? 0), 0) > heldBytes) await flush()
    }
  }

  const ended = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  for (const result of ended) if (result.status === 'rejected') throw result.reason
  const refusal = stop ?? allFailed(held, items)
  if (refusal !== null) held = [...held.map(uncount), ...waiting.map(notTried)]
  await flush()
  if (refusal !== null) throw refusal.error
  return { found, oldestAt }
}

/** One item that fails is the item's fault; when all of several do, it is the provider's. */
function allFailed(held: readonly FetchedItem[], items: readonly OutboxRecord[]): { readonly error: unknown } | null {
  const failures = held.flatMap(({ error }) => (error === undefined ? [] : [error]))
  return items.length >= 3 && failures.length === items.length ? { error: failures[0] } : null
}

function uncount(item: FetchedItem): FetchedItem {
  return item.settlement.kind === 'failed' ? { ...item, ...notTried(item.record) } : item
}

function notTried(record: OutboxRecord): FetchedItem {
  const settlement = {
    id: record.id,
    kind: 'failed',
    attempts: record.attempts - 1,
    nextAttemptAt: record.createdAt,
    quarantine: false,
  } as const
  return { record, settlement, content: null }
}
