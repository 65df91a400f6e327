import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What the host was told of each item of a feed, and the end of channels. */
export const addItems: Migration = {
  name: '0005-items',
  statements: [
    sql`create table tenantry_items (
      tenant_id text collate "C" not null,
      connection_id text collate "C" not null,
      id text collate "C" not null,
      version text not null,
      place text not null,
      event_id text not null,
      told_place text,
      seen_in text collate "C" not null,
      primary key (tenant_id, connection_id, id)
    )`,
    // With the id, so that what a listing did not see is found in the index alone. The condition always holds; only who says it gets this index,
    // so that one item is never looked for in it, which reads all of the connection.
    sql`create index tenantry_items_seen on tenantry_items (tenant_id, connection_id, seen_in) include (id) where seen_in >= ''`,
    // Over all tenants, and of the few that ended only.
    sql`create index tenantry_subscriptions_ended on tenantry_subscriptions (coalesce(expires_at, created_at))
      where state in ('retiring', 'retired')`,
  ],
}
