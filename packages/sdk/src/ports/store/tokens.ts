/** The grant of a connection. The two tokens are sealed for (tenant, connection, field, version). Times are epoch milliseconds. */
export interface TokenRecord {
  readonly tenantId: string
  readonly connectionId: string
  readonly sealedAccess: string | null
  readonly sealedRefresh: string
  readonly accessExpiresAt: number
  /** When the provider ends the refresh token by itself; `null` when it does not say. */
  readonly refreshExpiresAt: number | null
  /** When the grant was given; a death seven days later tells of Google's Testing mode. */
  readonly grantedAt: number
  readonly version: number
}

export interface TokenLease {
  readonly fence: number
}

export interface TokenRepository {
  get(tenantId: string, connectionId: string): Promise<TokenRecord | null>
  /** Stores version 1, or replaces any earlier grant and clears its lease; `record.version` must be larger than the stored one. @returns false when it is not */
  put(record: TokenRecord): Promise<boolean>
  /**
   * Takes the right to refresh for `leaseMs`, when nobody holds it and the stored version equals `version`.
   * @returns the fence, or `null`
   */
  acquireLease(
    tenantId: string,
    connectionId: string,
    input: { readonly version: number; readonly owner: string; readonly now: number; readonly leaseMs: number },
  ): Promise<TokenLease | null>
  /** Replaces the tokens when version and fence still match, and frees the lease. @returns whether it did */
  commit(record: TokenRecord, expected: { readonly version: number; readonly fence: number }): Promise<boolean>
  releaseLease(tenantId: string, connectionId: string, fence: number): Promise<void>
  remove(tenantId: string, connectionId: string): Promise<void>
}
