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
  /** When the provider first refused the refresh token of this version; one refusal is not believed. */
  readonly doubtedAt: number | null
  /** The provider's API refused an access token before its end, and this version is the one refusal or what replaced it: it is not replaced for that reason again. */
  readonly rejected: boolean
}

export interface TokenLease {
  /** An earlier refresh of this version was begun and nobody knows how it ended. */
  readonly inDoubt: boolean
  readonly fence: number
}

export interface GrantEnd {
  readonly connectionId: string
  /** Epoch milliseconds. */
  readonly endsAt: number
}

export interface TokenRepository {
  get(tenantId: string, connectionId: string): Promise<TokenRecord | null>
  /** Of many connections, those whose grant the provider ends by itself (`refreshExpiresAt`), each once, in any order. */
  listEnds(tenantId: string, connectionIds: readonly string[]): Promise<readonly GrantEnd[]>
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
  /** Frees the lease when the fence still holds. `settled` says that the provider answered, so that nothing stays in doubt. */
  releaseLease(tenantId: string, connectionId: string, input: { readonly fence: number; readonly settled: boolean }): Promise<void>
  /** Notes the first refusal of a version; a later one changes nothing, nor does one of another version. */
  doubt(tenantId: string, connectionId: string, input: { readonly version: number; readonly at: number }): Promise<void>
  /** Ends the access token of a version at once, unless that version replaced a rejected one itself. @returns whether it did */
  reject(tenantId: string, connectionId: string, version: number): Promise<boolean>
  remove(tenantId: string, connectionId: string): Promise<void>
}
