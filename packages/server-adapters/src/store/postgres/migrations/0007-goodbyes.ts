import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What is left to do at a provider for what has ended here. */
export const addGoodbyes: Migration = {
  name: '0007-goodbyes',
  statements: [
    sql`create table tenantry_goodbyes (
      tenant_id text collate "C" not null,
      id text collate "C" not null,
      kind text not null,
      connection_id text collate "C",
      provider text not null,
      sign_in text collate "C",
      name text not null,
      cause text not null,
      sealed text,
      steps jsonb not null,
      attempts bigint not null,
      next_attempt_at bigint,
      created_at bigint not null,
      expires_at bigint not null,
      ended_at bigint,
      version bigint not null,
      primary key (tenant_id, id)
    )`,
    sql`create index tenantry_goodbyes_connection on tenantry_goodbyes (tenant_id, connection_id)`,
    sql`create index tenantry_goodbyes_sign_in on tenantry_goodbyes (tenant_id, sign_in)`,
    // Over all tenants.
    sql`create index tenantry_goodbyes_ended on tenantry_goodbyes (ended_at) where ended_at is not null`,
  ],
}
