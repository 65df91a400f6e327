/** A tenant's data key, wrapped by the key provider. */
export interface DataKeyRecord {
  readonly tenantId: string
  readonly id: string
  readonly keyId: string
  /** base64url */
  readonly wrapped: string
  readonly createdAt: number
}

export interface DataKeyRepository {
  get(tenantId: string, id: string): Promise<DataKeyRecord | null>
  /** The newest key of the tenant. */
  current(tenantId: string): Promise<DataKeyRecord | null>
  /** Adds the tenant's first key. @returns the stored one, which is another caller's when that was first */
  insertFirst(record: DataKeyRecord): Promise<DataKeyRecord>
  /** Destroys the tenant's keys; everything sealed with them is unreadable for good. */
  removeForTenant(tenantId: string): Promise<void>
}
