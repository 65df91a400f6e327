import type { ItemRecord, ItemRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Database, ItemTable } from '../schema.ts'

export function createItems(db: Kysely<Database>): ItemRepository {
  const deleteFrom = (tenantId: string, connectionId: string) =>
    db.deleteFrom('tenantry_items').where('tenant_id', '=', tenantId).where('connection_id', '=', connectionId)

  return {
    async get(tenantId, connectionId, ids) {
      if (ids.length === 0) return []
      // One parameter for any number of ids, and each row by its whole key, which reads no more than it must also where statistics are old.
      const { rows } = await sql<Selectable<ItemTable>>`
        select item.* from unnest(${[...new Set(ids)]}::text[]) as given (id) cross join lateral (
          select * from tenantry_items where tenant_id = ${tenantId} and connection_id = ${connectionId} and id = given.id offset 0
        ) as item`.execute(db)
      return rows.map(toRecord)
    },
    async put(records) {
      if (records.length === 0) return
      // One statement and one parameter for any number of items; rows are locked in one order, so that two writers do not wait for each other.
      await sql`
        insert into tenantry_items (tenant_id, connection_id, id, version, place, event_id, seen_in)
        select "tenantId", "connectionId", id, version, place, "eventId", "seenIn"
        from json_to_recordset(${JSON.stringify(records)}::json) as (
          "tenantId" text, "connectionId" text, id text, version text, place text, "eventId" text, "seenIn" text
        )
        order by 1, 2, 3
        on conflict (tenant_id, connection_id, id) do update set version = excluded.version, place = excluded.place,
          event_id = excluded.event_id, seen_in = excluded.seen_in`.execute(db)
    },
    async setTold(tenantId, connectionId, id, place) {
      await db
        .updateTable('tenantry_items')
        .set({ told_place: place })
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('id', '=', id)
        .execute()
    },
    async listUnseen(tenantId, connectionId, seenIn, limit) {
      // Two ranges around what was seen, because "not equal" would read all of it; the primary key does not know the order by an expression.
      const { rows } = await sql<Selectable<ItemTable>>`
        select item.* from (
          select id from (
            select id from tenantry_items
            where tenant_id = ${tenantId} and connection_id = ${connectionId} and seen_in >= '' and seen_in < ${seenIn}
            union all
            select id from tenantry_items
            where tenant_id = ${tenantId} and connection_id = ${connectionId} and seen_in >= '' and seen_in > ${seenIn}
          ) as unseen
          order by (id || '') limit ${limit}
        ) as first cross join lateral (
          select * from tenantry_items where tenant_id = ${tenantId} and connection_id = ${connectionId} and id = first.id offset 0
        ) as item
        order by item.id`.execute(db)
      return rows.map(toRecord)
    },
    async remove(tenantId, connectionId, id, eventId) {
      await deleteFrom(tenantId, connectionId).where('id', '=', id).where('event_id', '=', eventId).execute()
    },
    async removeForConnection(tenantId, connectionId) {
      await deleteFrom(tenantId, connectionId).execute()
    },
  }
}

function toRecord(row: Selectable<ItemTable>): ItemRecord {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    id: row.id,
    version: row.version,
    place: row.place,
    eventId: row.event_id,
    toldPlace: row.told_place,
    seenIn: row.seen_in,
  }
}
