import type { BudgetRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { leaseNow } from '../leases.ts'
import type { LeaseClock } from '../leases.ts'
import type { Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createBudgets(db: Kysely<Database>, leaseClock: LeaseClock): BudgetRepository {
  return {
    async take(tenantId, key, { costMs, burstMs, now }) {
      const moment = leaseNow(leaseClock, now)
      const cost = sql`${costMs}::bigint`
      const limit = sql`excluded.full_at - ${costMs}::bigint + ${burstMs}::bigint`
      const impossible = sql`budget.full_at > ${limit} + ${burstMs}::bigint`
      // `excluded` is what a take from a full budget leaves. Another statement's moment may be later, and its row a little further ahead than can be.
      const { rows } = await sql<{ wait: string | number }>`
        with taken as (
          insert into tenantry_budgets as budget (tenant_id, key, full_at) values (${tenantId}, ${key}, ${moment} + ${cost})
          on conflict (tenant_id, key) do update set full_at =
            case when ${impossible} then excluded.full_at else greatest(budget.full_at + ${cost}, excluded.full_at) end
          where budget.full_at + ${cost} <= ${limit} or ${impossible}
          returning 1
        ),
        left_over as (select full_at from tenantry_budgets where tenant_id = ${tenantId} and key = ${key})
        select case when exists (select from taken) then 0
          else greatest(1, coalesce((select full_at from left_over), 0) + ${cost} - ${burstMs}::bigint - ${moment}) end as wait`.execute(db)
      return toNumber(rows[0]?.wait ?? 0)
    },
    async removeBefore(time, limit) {
      const { numAffectedRows = 0n } = await sql`
        with idle as (
          select tenant_id, key from tenantry_budgets where full_at < ${time}::bigint
          order by full_at limit ${limit} for update skip locked
        )
        delete from tenantry_budgets as budget using idle
        where budget.tenant_id = idle.tenant_id and budget.key = idle.key`.execute(db)
      return toNumber(numAffectedRows)
    },
  }
}
