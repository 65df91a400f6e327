/** One line of a tenant's append-only log. Never values, codes or addresses. */
export interface AuditRecord {
  readonly tenantId: string
  /** 1, 2, 3 ... per tenant without gaps. */
  readonly sequence: number
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly outcome: string
  readonly previousHash: string
  readonly hash: string
}

export interface AuditRepository {
  /** The newest line; inside a transaction it stays the newest until the end. */
  head(tenantId: string): Promise<AuditRecord | null>
  append(record: AuditRecord): Promise<void>
  list(tenantId: string, after: number, limit: number): Promise<readonly AuditRecord[]>
}
