import type { PushEndpointRecord, PushEndpointRepository } from '@tenantry/sdk/ports'
import type { Kysely, Selectable } from 'kysely'
import type { Database, PushEndpointTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createPushEndpoints(db: Kysely<Database>): PushEndpointRepository {
  return {
    async findByKey(key) {
      const row = await db.selectFrom('tenantry_push_endpoints').selectAll().where('key', '=', key).executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async get(tenantId, vendor) {
      const row = await db
        .selectFrom('tenantry_push_endpoints')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('vendor', '=', vendor)
        .executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async put(record) {
      const { topic, subscription, audience, signer, verifiedAt } = record
      const provisioned = { topic, subscription, audience, signer, verified_at: verifiedAt }
      const row = await db
        .insertInto('tenantry_push_endpoints')
        .values({ tenant_id: record.tenantId, vendor: record.vendor, key: record.key, created_at: record.createdAt, ...provisioned })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'vendor']).doUpdateSet(provisioned))
        .returningAll()
        .executeTakeFirstOrThrow()
      return toRecord(row)
    },
  }
}

function toRecord(row: Selectable<PushEndpointTable>): PushEndpointRecord {
  return {
    tenantId: row.tenant_id,
    vendor: row.vendor,
    key: row.key,
    topic: row.topic,
    subscription: row.subscription,
    audience: row.audience,
    signer: row.signer,
    createdAt: toNumber(row.created_at),
    verifiedAt: toNumber(row.verified_at),
  }
}
