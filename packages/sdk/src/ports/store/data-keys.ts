/** How a data key lies in the store. */
export interface DataKeyWrapping {
  /** The key-encryption key that wrapped it. */
  readonly keyId: string
  /** base64url */
  readonly wrapped: string
}

/** A tenant's data key, wrapped by the key provider. */
export interface DataKeyRecord extends DataKeyWrapping {
  readonly tenantId: string
  readonly id: string
  readonly createdAt: number
}

/** Where a data key stands among those of all tenants: by tenant, then by id. Empty texts stand before the first. */
export type DataKeyPlace = Pick<DataKeyRecord, 'tenantId' | 'id'>

/** How many data keys one key-encryption key wraps. */
export interface DataKeyTally {
  readonly keyId: string
  readonly dataKeys: number
}

export interface DataKeyRepository {
  get(tenantId: string, id: string): Promise<DataKeyRecord | null>
  /** The newest key of the tenant. */
  current(tenantId: string): Promise<DataKeyRecord | null>
  /** Adds the tenant's first key. @returns the stored one, which is another caller's when that was first */
  insertFirst(record: DataKeyRecord): Promise<DataKeyRecord>
  /** Writes another wrapping of the same key while the stored one is `from`, and never adds a key. @returns false when it is another one, or the key is gone */
  rewrap(tenantId: string, id: string, from: DataKeyWrapping, to: DataKeyWrapping): Promise<boolean>
  /** Of all tenants: those that one key-encryption key wraps, in their order, after a place. */
  listWrappedBy(keyId: string, after: DataKeyPlace, limit: number): Promise<readonly DataKeyRecord[]>
  /** Of all tenants: what each key-encryption key wraps; one that wraps nothing is not told. */
  tally(limit: number): Promise<readonly DataKeyTally[]>
  /** Destroys the tenant's keys; everything sealed with them is unreadable for good. */
  removeForTenant(tenantId: string): Promise<void>
}
