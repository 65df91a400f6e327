import type { OutboxRecord } from '../ports/index.ts'
import type { FetchedItem } from './fetch-item.ts'

/** An item that was taken, as it was before, due at once. */
export function uncounted(record: OutboxRecord): FetchedItem {
  return stillWaiting(record, record.attempts - 1, record.createdAt)
}

/** An item that was given back, as it was taken. */
export function counted(record: OutboxRecord): FetchedItem {
  return stillWaiting(record, record.attempts, record.nextAttemptAt)
}

function stillWaiting(record: OutboxRecord, attempts: number, nextAttemptAt: number): FetchedItem {
  return { record, settlement: { id: record.id, kind: 'failed', attempts, nextAttemptAt, quarantine: false }, content: null }
}
