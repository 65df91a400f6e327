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
  /** What provisioning did, step by step, and what of it is ours; written and read by the provider. */
  readonly journal: string | null
  /** The last notification that was proven genuine, exact to five seconds. */
  readonly lastReceivedAt: number | null
  /** Genuine notifications that could not be read; they are acknowledged and counted. */
  readonly malformed: number
}

export interface PushEndpointRepository {
  findByKey(key: string): Promise<PushEndpointRecord | null>
  get(tenantId: string, vendor: PushEndpointRecord['vendor']): Promise<PushEndpointRecord | null>
  /**
   * Inserts, or replaces the row with the same (tenant, vendor), save `key`, `createdAt` and what `note` writes. @returns the stored row
   */
  put(record: PushEndpointRecord): Promise<PushEndpointRecord>
  /** Notes a genuine notification: the later `lastReceivedAt` stays, `malformed` is added. */
  note(
    tenantId: string,
    vendor: PushEndpointRecord['vendor'],
    input: { readonly receivedAt: number; readonly malformed: number },
  ): Promise<void>
}
