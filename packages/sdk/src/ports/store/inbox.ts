/** A notification that was verified and is now durable. The payload is a hint and is not kept. */
export interface InboxRecord {
  readonly tenantId: string
  readonly connectionId: string
  /** Names one delivery: (subscription, messageId) or (channel, message number). */
  readonly dedupeKey: string
  readonly receivedAt: number
}

export interface InboxRepository {
  /** @returns false when (tenant, connection, dedupeKey) was already there */
  insert(record: InboxRecord): Promise<boolean>
  count(tenantId: string, connectionId: string): Promise<number>
  /** @returns how many were deleted */
  removeBefore(time: number): Promise<number>
}
