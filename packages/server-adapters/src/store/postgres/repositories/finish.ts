import type { TaskEnd } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

/**
 * Ends many claims in one statement. Rows are locked in one order, so that two workers do not wait for each other, and each by its whole key, which
 * reads no more than it must also where statistics are old; an equal fence would offer the index of all that is claimed. What is decided from a
 * row is what it was once it was locked.
 */
export async function finish(db: Kysely<Database>, ends: readonly TaskEnd[]): Promise<boolean[]> {
  const firsts = new Map<string, number>()
  for (const [at, { task }] of ends.entries()) {
    const claim = JSON.stringify([task.tenantId, task.connectionId, task.kind, task.fence])
    // A claim ends once: only the first word on it counts.
    if (!firsts.has(claim)) firsts.set(claim, at)
  }
  const given = [...firsts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, at]) => ({ at, ...(ends[at] as TaskEnd) }))
  if (given.length === 0) return []
  const { rows } = await sql<{ at: string }>`
    with given as (
      select * from unnest(
        ${given.map(({ at }) => at)}::int[], ${given.map(({ task }) => task.tenantId)}::text[], ${given.map(({ task }) => task.connectionId)}::text[],
        ${given.map(({ task }) => task.kind)}::text[], ${given.map(({ task }) => task.fence)}::bigint[],
        ${given.map(({ nextDueAt }) => nextDueAt)}::bigint[], ${given.map(({ attempts }) => attempts)}::text[]
      ) as given (at, tenant_id, connection_id, kind, fence, next_due_at, counting)
    ), held as (
      select at, task.*, counting, least(next_due_at, again_at) as next_due_at from given cross join lateral (
        select tenant_id, connection_id, kind, attempts, again_at from tenantry_tasks
        where tenant_id = given.tenant_id and connection_id = given.connection_id and kind = given.kind
          and fence is not distinct from given.fence for update
      ) as task
    ), done as (
      delete from tenantry_tasks as task using held
      where task.tenant_id = held.tenant_id and task.connection_id = held.connection_id and task.kind = held.kind and held.next_due_at is null
    ), due_again as (
      update tenantry_tasks as task
      set due_at = held.next_due_at, again_at = null, fence = null, lease_owner = null, lease_until = null,
        attempts = case counting when 'reset' then 0 when 'count' then held.attempts + 1 else held.attempts end
      from held
      where task.tenant_id = held.tenant_id and task.connection_id = held.connection_id and task.kind = held.kind
        and held.next_due_at is not null
    )
    select at from held`.execute(db)
  const held = new Set(rows.map(({ at }) => toNumber(at)))
  return ends.map((_, at) => held.has(at))
}
