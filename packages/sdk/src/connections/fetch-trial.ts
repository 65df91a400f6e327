import type { OutboxRecord } from '../ports/index.ts'
import { fetchItem } from './fetch-item.ts'
import type { FetchedItem, Refused } from './fetch-item.ts'
import { isFound, settleItems } from './settle-items.ts'
import type { SyncWork } from './sync-work.ts'

/** What may wait in memory before it is written. */
const heldBytes = 16 * 1024 * 1024
/** After as many refusals, and nothing that was read, no more is tried. */
const refusedAtMost = 50

export interface FetchedBatch {
  /** How many a recovery had to find. */
  readonly found: number
  /** When the oldest item happened that can now be handed over; `null` when there is none. */
  readonly oldestAt: number | null
}

/** Items that are tried one after the other, what was refused of them, and what became of the others. */
export interface FetchTrial {
  readonly refused: readonly Refused[]
  /** What concerns the whole connection. */
  readonly stops: readonly unknown[]
  readonly someRead: boolean
  /** Whether nothing more is worth a try. */
  readonly isOver: boolean
  /** What was read is written in time; what was refused is left to the caller. */
  tryOne(record: OutboxRecord): Promise<void>
  /** Writes all that is not written yet, and these. */
  write(items: readonly FetchedItem[]): Promise<void>
  readonly written: FetchedBatch
}

export function openFetchTrial(work: SyncWork): FetchTrial {
  const refused: Refused[] = []
  const stops: unknown[] = []
  let held: FetchedItem[] = []
  let someRead = false
  let written: FetchedBatch = { found: 0, oldestAt: null }

  const write = async (items: readonly FetchedItem[]): Promise<void> => {
    const ready = [...held, ...items]
    held = []
    await settleItems(work, ready)
    const times = ready.flatMap(({ settlement }) => (settlement.kind === 'fetched' ? settlement.occurredAt : []))
    const oldest = Math.min(written.oldestAt ?? Infinity, ...times)
    written = { found: written.found + ready.filter(isFound).length, oldestAt: oldest === Infinity ? null : oldest }
  }

  return {
    refused,
    stops,
    get someRead() {
      return someRead
    },
    get isOver() {
      return stops.length > 0 || work.context.clock.now() > work.endsAt || (!someRead && refused.length >= refusedAtMost)
    },
    async tryOne(record) {
      const tried = await fetchItem(work, record)
      if ('refusal' in tried) return void refused.push(tried)
      held.push(tried.item)
      if ('stop' in tried) stops.push(tried.stop)
      else someRead ||= tried.item.settlement.kind !== 'failed'
      if (held.reduce((bytes, { content }) => bytes + (content?.size ?? 0), 0) > heldBytes) await write([])
    },
    write,
    get written() {
      return written
    },
  }
}
