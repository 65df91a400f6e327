import type { RefreshRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

const minuteMs = 60_000

export function createRefreshes(db: Kysely<Database>): RefreshRepository {
  return {
    async note({ tenantId, vendor, at, refused }) {
      const count = refused ? 1 : 0
      await db
        .insertInto('tenantry_refreshes')
        .values({ tenant_id: tenantId, vendor, minute: beginOf(at), asked: 1, refused: count })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'vendor', 'minute']).doUpdateSet({
            asked: sql<number>`tenantry_refreshes.asked + 1`,
            refused: sql<number>`tenantry_refreshes.refused + excluded.refused`,
          }),
        )
        .execute()
    },
    async tally(vendor, since) {
      const { rows } = await sql<{ asked: string; refused: string; tenants: string; tenants_refused: string }>`
        select coalesce(sum(asked), 0)::bigint as asked, coalesce(sum(refused), 0)::bigint as refused,
          count(distinct tenant_id) as tenants, count(distinct tenant_id) filter (where refused > 0) as tenants_refused
        from tenantry_refreshes where minute >= ${beginOf(since)}::bigint and vendor = ${vendor}`.execute(db)
      const [sums] = rows
      return {
        asked: toNumber(sums?.asked ?? 0),
        refused: toNumber(sums?.refused ?? 0),
        tenantsAsked: toNumber(sums?.tenants ?? 0),
        tenantsRefused: toNumber(sums?.tenants_refused ?? 0),
      }
    },
    async removeBefore(time, limit) {
      const { numAffectedRows = 0n } = await sql`
        with old as (
          select tenant_id, vendor, minute from tenantry_refreshes where minute <= ${time - minuteMs}::bigint
          order by minute limit ${limit} for update skip locked
        )
        delete from tenantry_refreshes as row using old
        where row.tenant_id = old.tenant_id and row.vendor = old.vendor and row.minute = old.minute`.execute(db)
      return toNumber(numAffectedRows)
    },
  }
}

function beginOf(time: number): number {
  return Math.floor(time / minuteMs) * minuteMs
}
