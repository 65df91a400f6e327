import type { SubscriptionRecord, SubscriptionRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Database, SubscriptionTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

/** Pipes of connections that wait for a person, which end before the first that does not: of more, some are passed over. */
const mostWaiting = 10_000

export function createSubscriptions(db: Kysely<Database>): SubscriptionRepository {
  return {
    async put(record) {
      await db
        .insertInto('tenantry_subscriptions')
        .values({ tenant_id: record.tenantId, id: record.id, ...toColumns(record) })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(toColumns(record)))
        .execute()
    },
    async findById(id) {
      const row = await db.selectFrom('tenantry_subscriptions').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async findByIds(ids) {
      if (ids.length === 0) return []
      const rows = await db
        .selectFrom('tenantry_subscriptions')
        .selectAll()
        .where(sql<boolean>`id = any(${ids}::text[])`)
        .execute()
      return rows.map(toRecord)
    },
    async list(tenantId, connectionId) {
      const rows = await db
        .selectFrom('tenantry_subscriptions')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toRecord)
    },
    async listMany(connections) {
      if (connections.length === 0) return []
      const [tenantIds, ids] = [connections.map(({ tenantId }) => tenantId), connections.map(({ connectionId }) => connectionId)]
      // Each connection's by the index, which reads no more than it must also where statistics are old.
      const { rows } = await sql<Selectable<SubscriptionTable>>`
        select pipe.* from (
          select distinct * from unnest(${tenantIds}::text[], ${ids}::text[]) as given (tenant_id, connection_id)
        ) as given cross join lateral (
          select * from tenantry_subscriptions where tenant_id = given.tenant_id and connection_id = given.connection_id offset 0
        ) as pipe
        order by pipe.created_at desc, pipe.id`.execute(db)
      return rows.map(toRecord)
    },
    async remove(tenantId, id) {
      await db.deleteFrom('tenantry_subscriptions').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
    },
    async listEnding(before, limit) {
      const rows = await db
        .with(
          // First those that end, by the index; who waits for a person is left out of these alone, and not looked for in all connections.
          (name) => name('ending').materialized(),
          (ending) =>
            ending
              .selectFrom('tenantry_subscriptions')
              .selectAll()
              .where('state', '=', sql.lit('active'))
              .where('expires_at', '<', before)
              .orderBy('expires_at')
              .limit(limit + mostWaiting),
        )
        .selectFrom('ending')
        .innerJoin('tenantry_connections as connection', (join) =>
          join.onRef('connection.tenant_id', '=', 'ending.tenant_id').onRef('connection.id', '=', 'ending.connection_id'),
        )
        .where('connection.status', 'in', ['connected', 'degraded'])
        .selectAll('ending')
        .orderBy('ending.expires_at')
        .orderBy('ending.id')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    async removeEnded(before, limit) {
      const { numAffectedRows = 0n } = await sql`
        with ended as (
          select tenant_id, id from tenantry_subscriptions
          where state in ('retiring', 'retired') and coalesce(expires_at, created_at) < ${before}::bigint
          order by coalesce(expires_at, created_at) limit ${limit} for update skip locked
        )
        delete from tenantry_subscriptions as subscription using ended
        where subscription.tenant_id = ended.tenant_id and subscription.id = ended.id`.execute(db)
      return toNumber(numAffectedRows)
    },
  }
}

function toColumns(record: SubscriptionRecord) {
  return {
    connection_id: record.connectionId,
    provider: record.provider,
    state: record.state,
    token_hash: record.tokenHash,
    resource_id: record.resourceId,
    target: record.target,
    expires_at: record.expiresAt,
    created_at: record.createdAt,
  }
}

function toRecord(row: Selectable<SubscriptionTable>): SubscriptionRecord {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    id: row.id,
    provider: row.provider,
    state: row.state,
    tokenHash: row.token_hash,
    resourceId: row.resource_id,
    target: row.target,
    expiresAt: toNumber(row.expires_at),
    createdAt: toNumber(row.created_at),
  }
}
