/** What is taken of a budget, as the time in which it comes back. All in milliseconds, whole. */
export interface BudgetTake {
  /** How long it takes until this much is there again. */
  readonly costMs: number
  /** How long it takes until an empty budget is full; never less than a take costs. */
  readonly burstMs: number
  readonly now: number
}

/**
 * What may still be asked of a vendor, shared by all processes: a generic cell rate algorithm, of which one time in one row is the whole memory.
 * A budget that nobody took from is full. In any span of s milliseconds no more is taken than comes back in s + burstMs.
 */
export interface BudgetRepository {
  /**
   * Takes all or nothing, in one atomic step, by the store's own clock where it has one. A row that is more than two bursts ahead was written by
   * a clock that has gone back since, and counts no more; nearer ones count, because clocks differ a little.
   * @returns 0 when it was taken; else in how many milliseconds there is enough, if nobody else takes it
   */
  take(tenantId: string, key: string, input: BudgetTake): Promise<number>
  /** Deletes budgets, of any tenant, that are full since before a time. @returns how many */
  removeBefore(time: number, limit: number): Promise<number>
}
