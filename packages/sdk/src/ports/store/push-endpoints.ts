/** A tenant's own push address and what a genuine push to it looks like. */
export interface PushEndpointRecord {
  readonly tenantId: string
  readonly vendor: 'google' | 'microsoft'
  /** Path segment, 192 bits, base64url; names the tenant and is no credential. Unique over all tenants. */
  readonly key: string
  /** Full resource names and address of what was provisioned; `null` until then. */
  readonly topic: string | null
  readonly subscription: string | null
  readonly audience: string | null
  /** The service account that signs. */
  readonly signer: string | null
  readonly createdAt: number
  readonly verifiedAt: number | null
}

export interface PushEndpointRepository {
  findByKey(key: string): Promise<PushEndpointRecord | null>
  get(tenantId: string, vendor: PushEndpointRecord['vendor']): Promise<PushEndpointRecord | null>
  /** Inserts, or replaces all but `key` and `createdAt` of the row with the same (tenant, vendor). @returns the stored row */
  put(record: PushEndpointRecord): Promise<PushEndpointRecord>
}
