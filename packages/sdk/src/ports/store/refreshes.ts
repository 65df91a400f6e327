/** What the token endpoint of a vendor answered in one minute, by tenant: how a revoked grant is told from a vendor that errs. */
export interface RefreshTally {
  readonly asked: number
  /** Answers that call a grant dead. */
  readonly refused: number
  readonly tenantsAsked: number
  /** Tenants with at least one refusal. */
  readonly tenantsRefused: number
}

export interface RefreshRepository {
  /** Counts one answer at a time, epoch milliseconds. */
  note(input: { readonly tenantId: string; readonly vendor: string; readonly at: number; readonly refused: boolean }): Promise<void>
  /** The sums over all tenants from the minute of `since` on. */
  tally(vendor: string, since: number): Promise<RefreshTally>
  /** Deletes minutes, of any tenant, that ended before a time. @returns how many */
  removeBefore(time: number, limit: number): Promise<number>
}
