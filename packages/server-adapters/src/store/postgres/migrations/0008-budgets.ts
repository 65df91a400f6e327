import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What may still be asked of a vendor, by tenant and by account. */
export const addBudgets: Migration = {
  name: '0008-budgets',
  statements: [
    sql`create table tenantry_budgets (
      tenant_id text collate "C" not null,
      key text collate "C" not null,
      full_at bigint not null,
      primary key (tenant_id, key)
    )`,
    // Over all tenants.
    sql`create index tenantry_budgets_full on tenantry_budgets (full_at)`,
  ],
}
