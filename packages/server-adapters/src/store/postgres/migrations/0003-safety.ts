import { sql } from 'kysely'
import type { Migration } from './migration.ts'

export const createSafetyTables: Migration = {
  name: '0003-safety',
  statements: [
    sql`create table tenantry_data_keys (
      tenant_id text collate "C" not null,
      id text collate "C" not null,
      position bigint not null,
      key_id text not null,
      wrapped text not null,
      created_at bigint not null,
      primary key (tenant_id, id),
      unique (tenant_id, position)
    )`,
    sql`create table tenantry_audit (
      tenant_id text collate "C" not null,
      sequence bigint not null,
      at bigint not null,
      actor text not null,
      action text not null,
      subject text not null,
      outcome text not null,
      previous_hash text not null,
      hash text not null,
      primary key (tenant_id, sequence)
    )`,
    sql`create table tenantry_audit_locks (tenant_id text collate "C" primary key)`,
    sql`create table tenantry_secrets (
      tenant_id text collate "C" not null,
      name text collate "C" not null,
      version text not null,
      sealed text not null,
      created_at bigint not null,
      primary key (tenant_id, name)
    )`,
  ],
}
