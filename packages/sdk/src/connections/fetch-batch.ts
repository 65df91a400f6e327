import { TenantryError } from '../errors/index.ts'
import type { OutboxRecord } from '../ports/index.ts'
import { counted, uncounted } from './count-attempt.ts'
import { fetchItem } from './fetch-item.ts'
import type { FetchedItem, Refused } from './fetch-item.ts'
import { isProvidersFault } from './is-providers-fault.ts'
import { isFound, settleItems } from './settle-items.ts'
import type { SyncWork } from './sync-work.ts'

const concurrency = 10
/** What may wait in memory before it is written. */
const heldBytes = 16 * 1024 * 1024
/** What was counted more often and is still here may be what ends the process. */
const togetherAtMost = 2
/** After as many refusals, and nothing that was read, no more is tried. */
const refusedAtMost = 50

export interface FetchedBatch {
  /** How many a recovery had to find. */
  readonly found: number
  /** When the oldest item happened that can now be handed over; `null` when there is none. */
  readonly oldestAt: number | null
}

/**
 * Fetches taken items, and writes what became of each. What may have ended the process is tried alone and counted only when its turn comes, the
 * least counted first: so the one that does it again counts by itself, and the others are read before it.
 * @throws what concerns the whole connection; what was not read is then as if it had not been taken
 */
export async function fetchBatch(work: SyncWork, items: readonly OutboxRecord[], readAt: number | null): Promise<FetchedBatch> {
  const together = items.filter(({ attempts }) => attempts <= togetherAtMost)
  const alone = items.filter(({ attempts }) => attempts > togetherAtMost).toSorted((a, b) => a.attempts - b.attempts)
  const refused: Refused[] = []
  const stops: unknown[] = []
  let held: FetchedItem[] = []
  let someRead = false
  let found = 0
  let oldestAt: number | null = null

  const flush = async (): Promise<void> => {
    const ready = held
    held = []
    await settleItems(work, ready)
    found += ready.filter(isFound).length
    for (const { settlement } of ready) if (settlement.kind === 'fetched') oldestAt = Math.min(oldestAt ?? Infinity, settlement.occurredAt)
  }
  const isOver = (): boolean => stops.length > 0 || work.context.clock.now() > work.endsAt || (!someRead && refused.length >= refusedAtMost)
  const tryOne = async (record: OutboxRecord): Promise<void> => {
    const tried = await fetchItem(work, record)
    if ('refusal' in tried) return void refused.push(tried)
    held.push(tried.item)
    if ('stop' in tried) stops.push(tried.stop)
    else someRead ||= tried.item.settlement.kind !== 'failed'
    if (held.reduce((bytes, { content }) => bytes + (content?.size ?? 0), 0) > heldBytes) await flush()
  }
  const worker = async (): Promise<void> => {
    for (let record = together.shift(); record !== undefined; record = isOver() ? undefined : together.shift()) await tryOne(record)
  }

  // One that was taken by itself is counted as it has to be.
  const apart = items.length > 1 ? alone : []
  await settleItems(work, apart.map(uncounted))
  const ended = await Promise.allSettled(Array.from({ length: Math.min(concurrency, together.length) }, worker))
  for (const result of ended) if (result.status === 'rejected') throw result.reason
  for (const record of alone) {
    if (isOver()) break
    if (apart.length > 0) held.push(counted(record))
    await flush()
    await tryOne(record)
  }
  const isDown = !someRead && isProvidersFault(work, refused, readAt)
  const blames = isDown ? [...stops, ...refused.map(({ refusal }) => asOutage(work, refusal))] : stops
  held.push(...refused.map(({ item }) => (blames.length > 0 ? uncounted(item.record) : item)), ...together.map(uncounted))
  await flush()
  if (blames.length > 0) throw blames[0]
  return { found, oldestAt }
}

/** What is refused one after the other is an outage, whatever the provider says of each: the mailbox itself can be read. */
function asOutage({ provider }: SyncWork, refusal: unknown): TenantryError {
  const { values, retryAfterMs } = provider.vendor.classify(refusal).error
  return new TenantryError('provider_unavailable', { values, ...(retryAfterMs !== undefined && { retryAfterMs }) })
}
