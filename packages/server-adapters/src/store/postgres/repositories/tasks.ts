import type { ClaimedTask, TaskRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import { free, newFence } from '../leases.ts'
import type { Database, TaskTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createTasks(db: Kysely<Database>): TaskRepository {
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
    async claim({ now, owner, leaseMs, limit }) {
      const { rows } = await sql<Selectable<TaskTable>>`
        with unclaimed as (
          select tenant_id, connection_id, kind, due_at from tenantry_tasks
          where fence is null and due_at <= ${now}::bigint
          order by due_at limit ${limit} for update skip locked
        ), lapsed as (
          select tenant_id, connection_id, kind, due_at from tenantry_tasks
          where fence is not null and lease_until <= ${now}::bigint
          order by due_at limit ${limit} for update skip locked
        ), chosen as (
          select * from unclaimed union all select * from lapsed order by due_at limit ${limit}
        )
        update tenantry_tasks as task
        set fence = ${newFence}, lease_owner = ${owner}, lease_until = ${now + leaseMs}::bigint
        from chosen
        where task.tenant_id = chosen.tenant_id and task.connection_id = chosen.connection_id and task.kind = chosen.kind
        returning task.*`.execute(db)
      return rows.map((row): ClaimedTask => ({ ...toRecord(row), fence: toNumber(row.fence ?? 0) })).toSorted((a, b) => a.dueAt - b.dueAt)
    },
    async finish({ tenantId, connectionId, kind, fence }, { nextDueAt, failed = false }) {
      const held = { tenant_id: tenantId, connection_id: connectionId, kind, fence }
      if (nextDueAt === null) {
        const done = db
          .deleteFrom('tenantry_tasks')
          .where((row) => row.and(held))
          .where('again_at', 'is', null)
        if ((await done.returning('kind').executeTakeFirst()) !== undefined) return true
      }
      // `least` passes over nulls: the earlier of both times, or the only one there is.
      const row = await db
        .updateTable('tenantry_tasks')
        .set({
          due_at: sql<number>`least(${nextDueAt}::bigint, again_at)`,
          attempts: failed ? sql<number>`attempts + 1` : 0,
          again_at: null,
          ...free,
        })
        .where((row) => row.and(held))
        .returning('kind')
        .executeTakeFirst()
      return row !== undefined
    },
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

function toRecord(row: Selectable<TaskTable>) {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    kind: row.kind,
    dueAt: toNumber(row.due_at),
    attempts: toNumber(row.attempts),
  }
}
