import type { PushEndpointRecord, PushEndpointRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Database, PushEndpointTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

const lastReceivedGrainMs = 5_000

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
      const { topic, subscription, audience, signer, journal, verifiedAt } = record
      const provisioned = { topic, subscription, audience, signer, journal, verified_at: verifiedAt }
      const noted = { last_received_at: record.lastReceivedAt, malformed: record.malformed }
      const row = await db
        .insertInto('tenantry_push_endpoints')
        .values({
          tenant_id: record.tenantId,
          vendor: record.vendor,
          key: record.key,
          created_at: record.createdAt,
          ...provisioned,
          ...noted,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'vendor']).doUpdateSet(provisioned))
        .returningAll()
        .executeTakeFirstOrThrow()
      return toRecord(row)
    },
    async note(tenantId, vendor, { receivedAt, malformed }) {
      // Every push comes by here, so a row that would hardly change is not written.
      await db
        .updateTable('tenantry_push_endpoints')
        .set({
          last_received_at: sql<number>`greatest(last_received_at, ${receivedAt}::bigint)`,
          malformed: sql<number>`malformed + ${malformed}::bigint`,
        })
        .where('tenant_id', '=', tenantId)
        .where('vendor', '=', vendor)
        .$if(malformed === 0, (query) =>
          query.where((row) =>
            row.or([row('last_received_at', 'is', null), row('last_received_at', '<=', receivedAt - lastReceivedGrainMs)]),
          ),
        )
        .execute()
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
    journal: row.journal,
    lastReceivedAt: toNumber(row.last_received_at),
    malformed: toNumber(row.malformed),
  }
}
