/** Where a connection stands in its provider's feed, and whether someone asked for a sync. Times are epoch milliseconds. */
export interface SyncStateRecord {
  readonly tenantId: string
  readonly connectionId: string
  /** historyId, syncToken ...; `null` before the first sync. Opaque to the store. */
  readonly cursor: string | null
  /** An unfinished run: how far it got and where it wants to go. Opaque to the store; `null` between runs. */
  readonly run: string | null
  /** Counts requests; `processed < requested` says that a sync is due. */
  readonly requested: number
  readonly processed: number
}

export interface SyncLease {
  readonly fence: number
  readonly state: SyncStateRecord
}

export interface SyncStateRepository {
  get(tenantId: string, connectionId: string): Promise<SyncStateRecord | null>
  /** Sets the first cursor and ends an unfinished run; creates the row. */
  setCursor(tenantId: string, connectionId: string, cursor: string | null): Promise<void>
  /** `requested + 1`; creates the row. */
  request(tenantId: string, connectionId: string): Promise<void>
  /** One worker per connection: takes the lease when it is free or has run out. @returns fence and state, or `null` */
  acquire(
    tenantId: string,
    connectionId: string,
    input: { readonly owner: string; readonly now: number; readonly leaseMs: number },
  ): Promise<SyncLease | null>
  /** Moves cursor and run, as far as they are given, when the fence still holds, and prolongs the lease. @returns whether it did */
  advance(
    tenantId: string,
    connectionId: string,
    input: {
      readonly fence: number
      readonly cursor?: string
      readonly run?: string | null
      readonly now: number
      readonly leaseMs: number
    },
  ): Promise<boolean>
  /** Frees the lease when the fence still holds, and marks requests up to `processed` as done. @returns the state after it, or `null` */
  release(
    tenantId: string,
    connectionId: string,
    input: { readonly fence: number; readonly processed: number },
  ): Promise<SyncStateRecord | null>
  remove(tenantId: string, connectionId: string): Promise<void>
}
