import type { TaskKind, TaskRecord, TaskRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { LeaseClock } from '../leases.ts'
import type { Database, TaskTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'
import { claim } from './claim.ts'
import { finish } from './finish.ts'

export function createTasks(db: Kysely<Database>, leaseClock: LeaseClock): TaskRepository {
  return {
    async get(tenantId, connectionId, kind) {
      const row = await db
        .selectFrom('tenantry_tasks')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('kind', '=', kind)
        .executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async schedule({ tenantId, connectionId, kind, dueAt, reset = false }) {
      await db
        .insertInto('tenantry_tasks')
        .values({ tenant_id: tenantId, connection_id: connectionId, kind, due_at: dueAt, attempts: 0 })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id', 'kind']).doUpdateSet(reset ? resetTo : moveTo))
        .execute()
    },
    claim: (input) => claim(db, { ...input, leaseClock }),
    finish: (ends) => finish(db, ends),
    async nextDueAt() {
      const row = await db
        .selectFrom('tenantry_tasks')
        .select('due_at')
        .where('fence', 'is', null)
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst()
      return row === undefined ? null : toNumber(row.due_at)
    },
    async tally(now, limit) {
      // Each half reads its own small index.
      const due = (held: boolean) => sql`
        select tenant_id, kind, due_at from tenantry_tasks where fence is ${held ? sql`not` : sql``} null and due_at <= ${now}::bigint`
      const { rows } = await sql<{ tenant_id: string; kind: TaskKind; due: string; oldest: string }>`
        select tenant_id, kind, count(*) as due, min(due_at) as oldest from (${due(false)} union all ${due(true)}) as task
        group by tenant_id, kind order by oldest, tenant_id, kind limit ${limit}`.execute(db)
      return rows.map(({ tenant_id, kind, due, oldest }) => ({
        tenantId: tenant_id,
        kind,
        due: toNumber(due),
        oldestDueAt: toNumber(oldest),
      }))
    },
    async removeForConnection(tenantId, connectionId) {
      await db.deleteFrom('tenantry_tasks').where('tenant_id', '=', tenantId).where('connection_id', '=', connectionId).execute()
    },
  }
}

// A claimed task keeps its due time, so that it is due again when its claimer dies; the wish is remembered beside it.
const moveTo = {
  due_at: sql<number>`case when tenantry_tasks.fence is null then least(tenantry_tasks.due_at, excluded.due_at) else tenantry_tasks.due_at end`,
  again_at: sql<number | null>`case when tenantry_tasks.fence is not null then least(tenantry_tasks.again_at, excluded.due_at) end`,
}

const resetTo = {
  due_at: sql<number>`case when tenantry_tasks.fence is null then excluded.due_at else tenantry_tasks.due_at end`,
  again_at: sql<number | null>`case when tenantry_tasks.fence is not null then excluded.due_at end`,
  attempts: 0,
}

function toRecord(row: Selectable<TaskTable>): TaskRecord {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    kind: row.kind,
    dueAt: toNumber(row.due_at),
    attempts: toNumber(row.attempts),
  }
}
