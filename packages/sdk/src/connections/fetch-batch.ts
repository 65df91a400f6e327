import { TenantryError } from '../errors/index.ts'
import type { OutboxRecord } from '../ports/index.ts'
import { counted, uncounted } from './count-attempt.ts'
import { openFetchTrial } from './fetch-trial.ts'
import type { FetchedBatch, FetchTrial } from './fetch-trial.ts'
import { isProvidersFault } from './is-providers-fault.ts'
import type { SyncWork } from './sync-work.ts'

const concurrency = 10
/** What was counted more often and is still here may be what ends the process. */
const togetherAtMost = 2

/**
 * Fetches taken items, and writes what became of each. What may have ended the process is tried alone and counted only when its turn comes, the
 * least counted first: so the one that does it again counts by itself, and the others are read before it.
 * @throws what concerns the whole connection; what was not read is then as if it had not been taken
 */
export async function fetchBatch(work: SyncWork, items: readonly OutboxRecord[], readAt: number | null): Promise<FetchedBatch> {
  const together = items.filter(({ attempts }) => attempts <= togetherAtMost)
  const alone = items.filter(({ attempts }) => attempts > togetherAtMost).toSorted((a, b) => a.attempts - b.attempts)
  // One that was taken by itself is counted as it has to be.
  const isApart = items.length > 1
  const trial = openFetchTrial(work)
  if (isApart) await trial.write(alone.map(uncounted))
  const untried = await tryTogether(trial, together)
  for (const record of alone) {
    if (trial.isOver) break
    await trial.write(isApart ? [counted(record)] : [])
    await trial.tryOne(record)
  }
  const blames = blamesFor(work, trial, readAt)
  const refused = trial.refused.map(({ item }) => (blames.length > 0 ? uncounted(item.record) : item))
  await trial.write([...refused, ...untried.map(uncounted)])
  if (blames.length > 0) throw blames[0]
  return trial.written
}

/** A few at a time, for as long as it is worth it. @returns those that were not tried */
async function tryTogether(trial: FetchTrial, items: readonly OutboxRecord[]): Promise<readonly OutboxRecord[]> {
  const left = [...items]
  const worker = async (): Promise<void> => {
    for (let record = left.shift(); record !== undefined; record = trial.isOver ? undefined : left.shift()) await trial.tryOne(record)
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(concurrency, left.length) }, worker))
  for (const result of ended) if (result.status === 'rejected') throw result.reason
  return left
}

/** What is to blame beside the items themselves; nothing where each speaks for itself. */
function blamesFor(work: SyncWork, { stops, refused, someRead }: FetchTrial, readAt: number | null): readonly unknown[] {
  const isDown = !someRead && isProvidersFault(work, refused, readAt)
  return isDown ? [...stops, ...refused.map(({ refusal }) => asOutage(work, refusal))] : stops
}

/** What is refused one after the other is an outage, whatever the provider says of each: the mailbox itself can be read. */
function asOutage({ provider }: SyncWork, refusal: unknown): TenantryError {
  const { values, retryAfterMs } = provider.vendor.classify(refusal).error
  return new TenantryError('provider_unavailable', { values, ...(retryAfterMs !== undefined && { retryAfterMs }) })
}
