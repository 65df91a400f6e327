import { sql } from 'kysely'
import type { Migration } from './migration.ts'

export const createWorkTables: Migration = {
  name: '0002-work',
  statements: [
    sql`create table tenantry_sync_states (
      tenant_id text collate "C" not null,
      connection_id text collate "C" not null,
      cursor text,
      requested bigint not null,
      processed bigint not null,
      fence bigint,
      lease_owner text,
      lease_until bigint,
      primary key (tenant_id, connection_id)
    )`,
    sql`create table tenantry_inbox (
      tenant_id text collate "C" not null,
      connection_id text collate "C" not null,
      dedupe_key text collate "C" not null,
      received_at bigint not null,
      primary key (tenant_id, connection_id, dedupe_key)
    )`,
    sql`create index tenantry_inbox_received on tenantry_inbox (received_at)`,
    sql`create table tenantry_outbox (
      tenant_id text collate "C" not null,
      connection_id text collate "C" not null,
      id text collate "C" not null,
      position bigint not null generated always as identity,
      type text not null,
      origin text not null,
      occurred_at bigint not null,
      sealed_payload text not null,
      state text not null,
      attempts bigint not null,
      next_attempt_at bigint not null,
      created_at bigint not null,
      primary key (tenant_id, connection_id, id)
    )`,
    sql`create index tenantry_outbox_pending on tenantry_outbox (tenant_id, connection_id, position) where state = 'pending'`,
    sql`create table tenantry_tasks (
      tenant_id text collate "C" not null,
      connection_id text collate "C" not null,
      kind text collate "C" not null,
      due_at bigint not null,
      attempts bigint not null,
      again_at bigint,
      fence bigint,
      lease_owner text,
      lease_until bigint,
      primary key (tenant_id, connection_id, kind)
    )`,
    // Two small indexes instead of one: claimed tasks leave the first, and the second holds only what is being worked on.
    sql`create index tenantry_tasks_due on tenantry_tasks (due_at) where fence is null`,
    sql`create index tenantry_tasks_lapsed on tenantry_tasks (lease_until) where fence is not null`,
  ],
}
