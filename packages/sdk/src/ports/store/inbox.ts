/** A notification that was verified and is now durable. The payload is a hint and is not kept. */
export interface InboxRecord {
  readonly tenantId: string
  readonly connectionId: string
  /** Names one delivery: (subscription, messageId) or (channel, message number). */
  readonly dedupeKey: string
  readonly receivedAt: number
}

/** A verified notification on its way in. */
export interface Receipt {
  readonly tenantId: string
  readonly provider: string
  /** Whom it is for, within the tenant: one connection, or those of an address, ignoring case. */
  readonly to: { readonly connectionId: string } | { readonly address: string }
  readonly dedupeKey: string
  readonly receivedAt: number
  /** False for a proof of life, which asks for nothing. */
  readonly requestsSync: boolean
}

export interface InboxRepository {
  /**
   * Takes a notification, all or nothing, in one step because this is the hottest path: for each live connection that it is for and that has
   * not had it, the inbox row, `lastPushAt` (exact to five seconds), and, when it asks for a sync, a request and a due `sync` task. A request
   * that a coming sync will see anyway is not counted again, and a task that waits after a failure keeps its wait; one that is claimed after a
   * failure comes again half a minute later, because it may be ending.
   * @returns how many connections have to sync
   */
  receive(receipt: Receipt): Promise<number>
  /** @returns false when (tenant, connection, dedupeKey) was already there */
  insert(record: InboxRecord): Promise<boolean>
  count(tenantId: string, connectionId: string): Promise<number>
  /** Deletes rows, of any tenant, that were received before a time. @returns how many */
  removeBefore(time: number, limit: number): Promise<number>
}
