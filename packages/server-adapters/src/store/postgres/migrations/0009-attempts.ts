import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What the host asked for under a key of its own, and what came of it. */
export const addAttempts: Migration = {
  name: '0009-attempts',
  statements: [
    sql`create table tenantry_attempts (
      tenant_id text collate "C" not null,
      connection_id text collate "C" not null,
      key text collate "C" not null,
      content_hash text collate "C" not null,
      begun_at bigint not null,
      lease_until bigint not null,
      fence bigint,
      tries bigint not null,
      sealed_result text,
      primary key (tenant_id, connection_id, key)
    )`,
    // Over all tenants.
    sql`create index tenantry_attempts_begun on tenantry_attempts (begun_at)`,
  ],
}
