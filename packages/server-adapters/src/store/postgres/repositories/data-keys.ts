import type { DataKeyRecord, DataKeyRepository } from '@tenantry/sdk/ports'
import type { Kysely, Selectable } from 'kysely'
import type { DataKeyTable, Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

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
    async removeForTenant(tenantId) {
      await db.deleteFrom('tenantry_data_keys').where('tenant_id', '=', tenantId).execute()
    },
  }
}

function toRecord(row: Selectable<DataKeyTable>): DataKeyRecord {
  return { tenantId: row.tenant_id, id: row.id, keyId: row.key_id, wrapped: row.wrapped, createdAt: toNumber(row.created_at) }
}
