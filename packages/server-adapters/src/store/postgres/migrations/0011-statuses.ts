import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Changes of status that wait to be told, found without a look at whatever else waits. */
export const addStatuses: Migration = {
  name: '0011-statuses',
  statements: [
    sql`create index if not exists tenantry_outbox_statuses on tenantry_outbox (tenant_id, connection_id, position)
      where state = 'pending' and type in ('connection.connected', 'connection.degraded', 'connection.needs_reauth', 'connection.blocked_by_app',
        'connection.error', 'connection.paused', 'connection.disconnected')`,
  ],
}
