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
  /** Sealed event body for (tenant, event id). */
  readonly sealedPayload: string
  readonly state: 'pending' | 'done' | 'quarantined'
  readonly attempts: number
  readonly nextAttemptAt: number
  readonly createdAt: number
}

export interface OutboxRepository {
  /** Adds what is not there yet by (tenant, connection, id), in the given order. @returns how many were new */
  insert(records: readonly OutboxRecord[]): Promise<number>
  get(tenantId: string, connectionId: string, id: string): Promise<OutboxRecord | null>
  /** Pending events of a connection that are due, oldest first. */
  listDue(tenantId: string, connectionId: string, now: number, limit: number): Promise<readonly OutboxRecord[]>
  /** When the next pending event of the connection is due, or `null`. */
  nextDueAt(tenantId: string, connectionId: string): Promise<number | null>
  /** Marks an event done and drops its payload, when it is still pending. @returns false when it was done before */
  complete(tenantId: string, connectionId: string, id: string): Promise<boolean>
  /** Counts a failed attempt. */
  fail(
    tenantId: string,
    connectionId: string,
    id: string,
    input: { readonly attempts: number; readonly nextAttemptAt: number; readonly quarantine: boolean },
  ): Promise<void>
  count(tenantId: string, connectionId: string, state: OutboxRecord['state']): Promise<number>
}
