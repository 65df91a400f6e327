import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Items that are known before they are read, their bytes, unfinished runs, and what a push endpoint heard. */
export const addFetching: Migration = {
  name: '0004-fetching',
  statements: [
    sql`alter table tenantry_sync_states add column run text`,
    sql`alter table tenantry_push_endpoints
      add column journal text,
      add column last_received_at bigint,
      add column malformed bigint not null default 0`,
    // The defaults let a process of the version before go on while the new one starts.
    sql`alter table tenantry_outbox
      add column to_fetch boolean not null default false,
      add column content_hash text collate "C"`,
    sql`drop index tenantry_outbox_pending`,
    // One index for the order and one for the next due time, so that neither reads through a long backlog.
    sql`create index tenantry_outbox_order on tenantry_outbox (tenant_id, connection_id, to_fetch, position) where state = 'pending'`,
    sql`create index tenantry_outbox_due on tenantry_outbox (tenant_id, connection_id, to_fetch, next_attempt_at) where state = 'pending'`,
    sql`create index tenantry_outbox_quarantined on tenantry_outbox (tenant_id, connection_id) where state = 'quarantined'`,
    sql`create index tenantry_outbox_done on tenantry_outbox (next_attempt_at) where state = 'done'`,
    sql`create index tenantry_outbox_content on tenantry_outbox (tenant_id, content_hash) where content_hash is not null`,
    // These columns go together: read as independent ones, a backlog looks small, and sorting it looks cheap.
    sql`create statistics tenantry_outbox_backlog (dependencies, mcv) on tenant_id, connection_id, state, to_fetch from tenantry_outbox`,
    sql`create table tenantry_contents (
      tenant_id text collate "C" not null,
      hash text collate "C" not null,
      sealed bytea not null,
      size bigint not null,
      created_at bigint not null,
      primary key (tenant_id, hash)
    )`,
    // Sealed bytes do not compress.
    sql`alter table tenantry_contents alter column sealed set storage external`,
    sql`create index tenantry_contents_created on tenantry_contents (created_at)`,
  ],
}
