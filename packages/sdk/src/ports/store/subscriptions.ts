/** The live push pipe of a connection: a Gmail watch or a Calendar channel. Times are epoch milliseconds. */
export interface SubscriptionRecord {
  readonly tenantId: string
  readonly connectionId: string
  /** Channel id, or the connection's id for a Gmail watch. Unique over all tenants, because a channel post names nothing else. */
  readonly id: string
  readonly provider: string
  /** `pending` before the vendor's answer, `active` after it, `retiring` once replaced and until the vendor confirmed the stop, `retired` after that. */
  readonly state: 'pending' | 'active' | 'retiring' | 'retired'
  /** SHA-256 of the channel token, base64url; `null` for a Gmail watch. */
  readonly tokenHash: string | null
  readonly resourceId: string | null
  /** Where the vendor posts to, or the topic. */
  readonly target: string
  readonly expiresAt: number | null
  readonly createdAt: number
}

export interface ConnectionKey {
  readonly tenantId: string
  readonly connectionId: string
}

export interface SubscriptionRepository {
  /** Inserts, or replaces the row with the same (tenant, id). */
  put(record: SubscriptionRecord): Promise<void>
  /** By the id alone, because the vendor sends nothing else; the caller then proves the token. */
  findById(id: string): Promise<SubscriptionRecord | null>
  /** The same for many at once: those that exist, each once, in any order. */
  findByIds(ids: readonly string[]): Promise<readonly SubscriptionRecord[]>
  /** Newest first. */
  list(tenantId: string, connectionId: string): Promise<readonly SubscriptionRecord[]>
  /** The same for many connections at once, newest first; of one tenant where a person asks, of several only for upkeep. */
  listMany(connections: readonly ConnectionKey[]): Promise<readonly SubscriptionRecord[]>
  remove(tenantId: string, id: string): Promise<void>
  /** Active ones, of any tenant, that end before a time, the next to end first; only those of connections that are connected or degraded, because others wait for a person. */
  listEnding(before: number, limit: number): Promise<readonly SubscriptionRecord[]>
  /** Deletes rows, of any tenant, that are retired or retiring and expired before a time; without an expiry, that were created before it. @returns how many */
  removeEnded(before: number, limit: number): Promise<number>
}
