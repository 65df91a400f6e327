/** The bytes of a message, kept once per tenant while an event that is not done needs them. */
export interface ContentRecord {
  readonly tenantId: string
  /** SHA-256 of the bytes, base64url. */
  readonly hash: string
  /** Sealed for (tenant, hash). */
  readonly sealed: Uint8Array
  /** Of the bytes, not of the sealed form. */
  readonly size: number
  readonly createdAt: number
}

export interface ContentRepository {
  /** Adds what is not there yet by (tenant, hash). */
  put(records: readonly ContentRecord[]): Promise<void>
  get(tenantId: string, hash: string): Promise<ContentRecord | null>
  /** Deletes contents from before a time that no event needs any more, of any tenant. @returns how many */
  removeUnused(before: number, limit: number): Promise<number>
}
