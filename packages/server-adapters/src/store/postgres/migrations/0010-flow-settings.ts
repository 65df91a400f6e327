import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** A sign-in may be for other settings than the connection has. */
export const addFlowSettings: Migration = {
  name: '0010-flow-settings',
  statements: [sql`alter table tenantry_flows add column settings jsonb`],
}
