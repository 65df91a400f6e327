import { sql } from 'kysely'

/** A number that no lease had before. */
export const newFence = sql<number>`nextval('tenantry_fence')`

/** The columns of a row that nobody holds. */
export const free = { fence: null, lease_owner: null, lease_until: null } as const
