import type { EventOrigin } from '../../model/events.ts'

/** An event on its way to the host's handler. Times are epoch milliseconds. */
export interface OutboxRecord {
  readonly tenantId: string
  readonly connectionId: string
  /** Stable event id: the same change has the same id, so writing it twice is harmless. */
  readonly id: string
  readonly type: string
  readonly origin: EventOrigin
  readonly occurredAt: number
  /** Sealed event body for (tenant, event id); while the item has still to be fetched, what names it at the provider. */
  readonly sealedPayload: string
  /** The item is known and not read yet: nothing to hand over. */
  readonly toFetch: boolean
  /** Bytes that belong to the event, in `contents`. */
  readonly contentHash: string | null
  readonly state: 'pending' | 'done' | 'quarantined'
  readonly attempts: number
  readonly nextAttemptAt: number
  readonly createdAt: number
}

export type PendingStatus = Pick<OutboxRecord, 'id' | 'type' | 'nextAttemptAt'>

/** What became of an item that was fetched. */
export type OutboxSettlement =
  | {
      readonly id: string
      readonly kind: 'fetched'
      readonly sealedPayload: string
      readonly contentHash: string | null
      readonly occurredAt: number
      readonly origin: EventOrigin
    }
  /** Not there any more, or not wanted: forgotten, so that it can be found again. */
  | { readonly id: string; readonly kind: 'dropped' }
  /** Not this time. `attempts` are as they shall be. */
  | {
      readonly id: string
      readonly kind: 'failed'
      readonly attempts: number
      readonly nextAttemptAt: number
      readonly quarantine: boolean
    }

export interface OutboxRepository {
  /** Adds what is not there yet by (tenant, connection, id), in the given order. @returns how many were new */
  insert(records: readonly OutboxRecord[]): Promise<number>
  get(tenantId: string, connectionId: string, id: string): Promise<OutboxRecord | null>
  /** Pending events that can be handed over and are due, oldest first. */
  listDue(tenantId: string, connectionId: string, now: number, limit: number): Promise<readonly OutboxRecord[]>
  /** Pending events that tell of a change of status (`statusEvents`), due or not, oldest first. However much else waits, that is not read. */
  listStatuses(tenantId: string, connectionId: string, limit: number): Promise<readonly PendingStatus[]>
  /** When the next event that can be handed over is due, or `null`. */
  nextDueAt(tenantId: string, connectionId: string): Promise<number | null>
  /**
   * Pending items that have to be fetched and are due, oldest first. Each is returned with its new count of attempts, which is stored before
   * anything is fetched, so that an item that kills the process is counted too; it is due again at `retryAt`.
   */
  takeToFetch(
    tenantId: string,
    connectionId: string,
    input: { readonly now: number; readonly retryAt: number; readonly limit: number },
  ): Promise<readonly OutboxRecord[]>
  /** When the next item that has to be fetched is due, or `null`. */
  nextFetchAt(tenantId: string, connectionId: string): Promise<number | null>
  /** Writes what became of fetched items. Those that are not pending and to be fetched any more stay as they are. */
  settle(tenantId: string, connectionId: string, settlements: readonly OutboxSettlement[]): Promise<void>
  /** Marks an event done and drops its payload and content, when it is still pending. @returns false when it was done before */
  complete(tenantId: string, connectionId: string, id: string): Promise<boolean>
  /** Puts a pending event off or sets it aside, with its attempts as they shall be. */
  fail(
    tenantId: string,
    connectionId: string,
    id: string,
    input: { readonly attempts: number; readonly nextAttemptAt: number; readonly quarantine: boolean },
  ): Promise<void>
  count(tenantId: string, connectionId: string, state: OutboxRecord['state']): Promise<number>
  /** The same for many connections at once, in any order; those without any are left out. */
  countMany(
    tenantId: string,
    connectionIds: readonly string[],
    state: OutboxRecord['state'],
  ): Promise<readonly { readonly connectionId: string; readonly count: number }[]>
  /** Takes everything out of quarantine, due now and with no attempts counted. @returns how many */
  redrive(tenantId: string, connectionId: string, now: number): Promise<number>
  /** Deletes events, of any tenant, that were done before a time. @returns how many */
  removeDone(before: number, limit: number): Promise<number>
}
