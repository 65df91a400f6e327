import type { Context } from '../context.ts'
import { isStatusEvent } from '../model/events.ts'
import type { OutboxRecord, PendingStatus } from '../ports/index.ts'

/** More changes of status than wait within the five days for which each is tried. */
const mostStatuses = 1_000

export interface Order {
  /** When an event has its turn again; `null` when nothing before it is in its way. */
  heldUntil(record: OutboxRecord): number | null
  /** What became of an event of the batch: when it is due again, or `null` when it is over. */
  note(record: OutboxRecord, nextAttemptAt: number | null): void
}

/**
 * The order of a batch that was read at `now`. A status waits for the statuses before it, so that the host ends on the one that holds; and what a
 * connection tells of a calendar anew waits for the end of its earlier life, upon which the host drops its copy. Everything else waits for nothing.
 */
export async function keepOrder(context: Context, due: readonly OutboxRecord[], now: number): Promise<Order> {
  const first = due.find(({ type }) => isStatusEvent(type) || isCopied(type))
  const statuses = first === undefined ? [] : await context.store.outbox.listStatuses(first.tenantId, first.connectionId, mostStatuses)
  const pending = new Map<string, PendingStatus>(statuses.map((status) => [status.id, status]))

  return {
    heldUntil({ id, type }) {
      if (isStatusEvent(type)) {
        const [oldest] = pending.values()
        return oldest === undefined || oldest.id === id ? null : oldest.nextAttemptAt
      }
      if (!isCopied(type)) return null
      // One that is due has its turn in this batch: what comes before it belongs to the earlier life.
      const end = [...pending.values()].find((status) => status.type === 'connection.disconnected' && status.nextAttemptAt > now)
      return end?.nextAttemptAt ?? null
    },
    note({ id, type }, nextAttemptAt) {
      if (nextAttemptAt === null) pending.delete(id)
      else if (pending.has(id)) pending.set(id, { id, type, nextAttemptAt })
    },
  }
}

/** Whether the host keeps a copy of what such events tell. */
const isCopied = (type: string): boolean => type === 'calendar.changed'
