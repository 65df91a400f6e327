import type { TenantRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'

/** All that belongs to a tenant but its audit log, which stays, and its data keys, which go last. */
export const tenantTables = [
  'tenantry_tasks',
  'tenantry_connections',
  'tenantry_tokens',
  'tenantry_flows',
  'tenantry_subscriptions',
  'tenantry_push_endpoints',
  'tenantry_sync_states',
  'tenantry_inbox',
  'tenantry_outbox',
  'tenantry_contents',
  'tenantry_items',
  'tenantry_breakers',
  'tenantry_budgets',
  'tenantry_attempts',
  'tenantry_refreshes',
  'tenantry_goodbyes',
  'tenantry_secrets',
] as const satisfies readonly (keyof Database)[]

export function createTenants(db: Kysely<Database>): TenantRepository {
  return {
    async removeRows(tenantId, limit) {
      const parts = tenantTables.map((table) => {
        const doomed = sql`select ctid from ${sql.table(table)} where tenant_id = ${tenantId} limit ${limit}`
        // With the tenant once more: a row that was moved meanwhile is not another's.
        return sql`${sql.ref(`from_${table}`)} as (delete from ${sql.table(table)} where tenant_id = ${tenantId} and ctid = any (array(${doomed})) returning 1)`
      })
      const sum = sql.join(
        tenantTables.map((table) => sql`(select count(*) from ${sql.ref(`from_${table}`)})`),
        sql` + `,
      )
      const { rows } = await sql<{ removed: string | number }>`with ${sql.join(parts)} select (${sum}) as removed`.execute(db)
      return Number(rows[0]?.removed ?? 0)
    },
  }
}
