import type { BreakerRecord, BreakerRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { BreakerTable, Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createBreakers(db: Kysely<Database>): BreakerRepository {
  const select = () => db.selectFrom('tenantry_breakers').selectAll()

  return {
    async get(tenantId, key) {
      const row = await select().where('tenant_id', '=', tenantId).where('key', '=', key).executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async getMany(keys) {
      if (keys.length === 0) return []
      const given = sql`select * from unnest(${keys.map(({ tenantId }) => tenantId)}::text[], ${keys.map(({ key }) => key)}::text[])`
      const rows = await select()
        .where(sql<boolean>`(tenant_id, key) in (${given})`)
        .execute()
      return rows.map(toRecord)
    },
    async trip({ tenantId, key, reason, of, blockedUntil, failures, since }) {
      const columns = { reason, of, blocked_until: blockedUntil, failures }
      const ifSame = (same: string, other: string) =>
        sql<number>`case when tenantry_breakers.of is not distinct from excluded.of then ${sql.raw(same)} else ${sql.raw(other)} end`
      const row = await db
        .insertInto('tenantry_breakers')
        .values({ tenant_id: tenantId, key, ...columns, since, trips: 1 })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'key']).doUpdateSet({
            ...columns,
            blocked_until: ifSame('greatest(tenantry_breakers.blocked_until, excluded.blocked_until)', 'excluded.blocked_until'),
            since: ifSame('tenantry_breakers.since', 'excluded.since'),
            // Counted, because what is given back tells of the new row only: the first of this `of` finds 1.
            trips: ifSame('tenantry_breakers.trips + 1', '1'),
          }),
        )
        .returning('trips')
        .executeTakeFirstOrThrow()
      return toNumber(row.trips) === 1
    },
    async takeTry(tenantId, key, { now, until }) {
      const row = await db
        .updateTable('tenantry_breakers')
        .set({ blocked_until: until })
        .where('tenant_id', '=', tenantId)
        .where('key', '=', key)
        .where('blocked_until', '<=', now)
        .returning('key')
        .executeTakeFirst()
      return row !== undefined
    },
    async remove(tenantId, key) {
      const row = await db
        .deleteFrom('tenantry_breakers')
        .where('tenant_id', '=', tenantId)
        .where('key', '=', key)
        .returning('key')
        .executeTakeFirst()
      return row !== undefined
    },
    async removeBefore(time, limit) {
      const { numAffectedRows = 0n } = await sql`
        with over as (
          select tenant_id, key from tenantry_breakers where blocked_until < ${time}::bigint
          order by blocked_until limit ${limit} for update skip locked
        )
        delete from tenantry_breakers as breaker using over
        where breaker.tenant_id = over.tenant_id and breaker.key = over.key`.execute(db)
      return toNumber(numAffectedRows)
    },
    async list(limit) {
      const rows = await select().orderBy('since').orderBy('tenant_id').orderBy('key').limit(limit).execute()
      return rows.map(toRecord)
    },
  }
}

function toRecord(row: Selectable<BreakerTable>): BreakerRecord {
  return {
    tenantId: row.tenant_id,
    key: row.key,
    reason: row.reason,
    of: row.of,
    blockedUntil: toNumber(row.blocked_until),
    failures: toNumber(row.failures),
    since: toNumber(row.since),
  }
}
