import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** A number that no lease had before. */
export const newFence = sql<number>`nextval('tenantry_fence')`

/** The columns of a row that nobody holds. */
export const free = { fence: null, lease_owner: null, lease_until: null } as const

/** Whose clock ends leases. */
export type LeaseClock = 'database' | 'caller'

/**
 * Now, for leases: by the database's own clock, because a worker whose clock is wrong would otherwise take what another one holds, or keep what it
 * lost. A due time may be early or late by as much as a clock errs, and that does no harm.
 */
export function leaseNow(clock: LeaseClock, now: number): RawBuilder<number> {
  return clock === 'database' ? sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint` : sql<number>`${now}::bigint`
}
