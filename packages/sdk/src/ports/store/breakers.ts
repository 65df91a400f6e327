/**
 * Something that many connections share and that does not work: the tenant's app, its quota, or (under the system tenant) a whole vendor. Nobody asks
 * the provider before `blockedUntil`; after it one caller may try. Times are epoch milliseconds.
 */
export interface BreakerRecord {
  readonly tenantId: string
  /** What is broken: `app/google/gmail`, `quota/google/calendar`, `vendor/google`. */
  readonly key: string
  readonly reason: string
  /** Of what it is broken: the version of the app bundle. Another one is not held back. `null` when that does not matter. */
  readonly of: string | null
  readonly blockedUntil: number
  /** Failed tries in a row. */
  readonly failures: number
  /** Since when it does not work. */
  readonly since: number
}

export interface BreakerRepository {
  get(tenantId: string, key: string): Promise<BreakerRecord | null>
  /** Those of many that exist, in any order; of several tenants, so only for upkeep. */
  getMany(keys: readonly { readonly tenantId: string; readonly key: string }[]): Promise<readonly BreakerRecord[]>
  /** Inserts, or replaces the row of (tenant, key), whose `since`, and `blockedUntil` when it is the later one, stay while `of` is the same. @returns whether there was none of this `of` before */
  trip(record: BreakerRecord): Promise<boolean>
  /** Gives one caller the try: moves `blockedUntil` to `until` when it has passed by `now`. @returns whether this caller has it */
  takeTry(tenantId: string, key: string, input: { readonly now: number; readonly until: number }): Promise<boolean>
  /** @returns whether there was one */
  remove(tenantId: string, key: string): Promise<boolean>
  /** Deletes rows, of any tenant, that held nobody back since a time: what nobody asks for any more. @returns how many */
  removeBefore(time: number, limit: number): Promise<number>
  /** Over all tenants, the longest broken first. */
  list(limit: number): Promise<readonly BreakerRecord[]>
}
