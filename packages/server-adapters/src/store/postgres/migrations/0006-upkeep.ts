import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What refreshes remember, what is broken for many at once, and fair claims. */
export const addUpkeep: Migration = {
  name: '0006-upkeep',
  statements: [
    // The defaults let a process of the version before go on while the new one starts.
    sql`alter table tenantry_tokens
      add column doubted_at bigint,
      add column rejected boolean not null default false,
      add column refreshes_begun bigint not null default 0`,
    sql`create table tenantry_breakers (
      tenant_id text collate "C" not null,
      key text collate "C" not null,
      reason text not null,
      of text,
      blocked_until bigint not null,
      failures bigint not null,
      since bigint not null,
      trips bigint not null,
      primary key (tenant_id, key)
    )`,
    sql`create index tenantry_breakers_since on tenantry_breakers (since)`,
    sql`create index tenantry_breakers_over on tenantry_breakers (blocked_until)`,
    sql`create table tenantry_refreshes (
      tenant_id text collate "C" not null,
      vendor text collate "C" not null,
      minute bigint not null,
      asked bigint not null,
      refused bigint not null,
      primary key (tenant_id, vendor, minute)
    )`,
    sql`create index tenantry_refreshes_minute on tenantry_refreshes (minute)`,
    // With the tenant, so that the tasks of one that has far too many are passed over in the index alone.
    sql`drop index tenantry_tasks_due`,
    sql`create index tenantry_tasks_due on tenantry_tasks (due_at, tenant_id) where fence is null`,
    sql`create index tenantry_subscriptions_ending on tenantry_subscriptions (expires_at) where state = 'active'`,
  ],
}
