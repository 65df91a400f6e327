import type { DataKeyRecord, DataKeyRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { DataKeyTable, Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

/** In the order of its bytes, as the index has it. */
const keyIdInOrder = sql`key_id collate "C"`

export function createDataKeys(db: Kysely<Database>): DataKeyRepository {
  const select = (tenantId: string) =>
    db.selectFrom('tenantry_data_keys').selectAll().where('tenant_id', '=', tenantId).orderBy('position', 'desc').limit(1)

  return {
    async get(tenantId, id) {
      const row = await select(tenantId).where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async current(tenantId) {
      const row = await select(tenantId).executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async insertFirst({ tenantId, id, keyId, wrapped, createdAt }) {
      await db
        .insertInto('tenantry_data_keys')
        .values({ tenant_id: tenantId, id, position: 1, key_id: keyId, wrapped, created_at: createdAt })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return toRecord(await select(tenantId).executeTakeFirstOrThrow())
    },
    async rewrap(tenantId, id, from, to) {
      const row = await db
        .updateTable('tenantry_data_keys')
        .set({ key_id: to.keyId, wrapped: to.wrapped })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('key_id', '=', from.keyId)
        .where('wrapped', '=', from.wrapped)
        .returning('id')
        .executeTakeFirst()
      return row !== undefined
    },
    async listWrappedBy(keyId, after, limit) {
      // By bounds and not by equality, so that no statistics can lead past the index that has this order.
      const rows = await db
        .selectFrom('tenantry_data_keys')
        .selectAll()
        .where(sql<boolean>`(${keyIdInOrder}, tenant_id, id) > (${keyId}, ${after.tenantId}, ${after.id})`)
        .where(sql<boolean>`${keyIdInOrder} <= ${keyId}`)
        .orderBy(keyIdInOrder)
        .orderBy('tenant_id')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    async tally(limit) {
      const { rows } = await sql<{ key_id: string; count: string | number }>`
        select key_id, count(*) as count from tenantry_data_keys group by key_id order by ${keyIdInOrder} limit ${limit}`.execute(db)
      return rows.map((row) => ({ keyId: row.key_id, dataKeys: toNumber(row.count) }))
    },
    async removeForTenant(tenantId) {
      await db.deleteFrom('tenantry_data_keys').where('tenant_id', '=', tenantId).execute()
    },
  }
}

function toRecord(row: Selectable<DataKeyTable>): DataKeyRecord {
  return { tenantId: row.tenant_id, id: row.id, keyId: row.key_id, wrapped: row.wrapped, createdAt: toNumber(row.created_at) }
}
