import type { ClaimedTask, TaskRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, RawBuilder, Selectable } from 'kysely'
import { leaseNow, newFence } from '../leases.ts'
import type { LeaseClock } from '../leases.ts'
import type { Database, TaskTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

type Claim = Parameters<TaskRepository['claim']>[0] & { readonly leaseClock: LeaseClock }

type Claimed = Pick<Selectable<TaskTable>, 'tenant_id' | 'connection_id' | 'kind' | 'due_at' | 'attempts' | 'fence'>

const key = sql.raw('tenant_id, connection_id, kind, due_at')

/** How often a claim looks past tenants that have their share already. Who finds less than there is comes again. */
const furtherLooks = 4

/**
 * The most overdue tasks, and of one tenant no more than its share. Where some tenants have more due than that, it looks again without them:
 * they are passed over in the index, so that what waits behind even a very long queue is found. Who has a full share from before is passed over at once.
 */
export async function claim(db: Kysely<Database>, input: Claim): Promise<ClaimedTask[]> {
  const limit = Math.max(input.limit, 0)
  const shares = new Map(input.held)
  const claimed: Claimed[] = []
  for (let looks = 0; looks <= furtherLooks; looks += 1) {
    const missing = limit - claimed.length
    const full = [...shares].filter(([, share]) => share >= input.perTenant).map(([tenantId]) => tenantId)
    if (looks > 0 && (missing === 0 || full.length === 0)) break
    const free = full.length === 0 ? unclaimed(input, missing) : behind(input, full, missing)
    const found = looks === 0 ? sql`${free} union all ${lapsed(input, full, missing)}` : free
    const more = await take(db, input, missing, found, shares).catch((error: unknown) => {
      // What the looks before have claimed is given out; if not, it would wait for the end of its lease. A transaction takes it back itself.
      if (claimed.length === 0 || db.isTransaction) throw error
      return []
    })
    if (more.length === 0 && full.length > 0) break
    claimed.push(...more)
    for (const { tenant_id } of more) shares.set(tenant_id, (shares.get(tenant_id) ?? 0) + 1)
  }
  return claimed.map(toClaimed).toSorted((a, b) => a.dueAt - b.dueAt)
}

/** Claims, of what is found and locked, the share of each tenant that it does not have yet. One fence serves for all: no other claim has it. */
async function take(
  db: Kysely<Database>,
  { now, owner, leaseMs, perTenant, leaseClock }: Claim,
  limit: number,
  found: RawBuilder<unknown>,
  shares: ReadonlyMap<string, number>,
): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with found as (${found}), ranked as (
      select ${key}, row_number() over (partition by tenant_id order by due_at) + coalesce(share, 0) as place from found
      left join unnest(${[...shares.keys()]}::text[], ${[...shares.values()]}::bigint[]) as held (holder, share) on holder = tenant_id
    ), chosen as (
      select ${key} from ranked where place <= ${perTenant}::bigint order by due_at limit ${limit}
    )
    update tenantry_tasks as task
    set fence = (select ${newFence}), lease_owner = ${owner}, lease_until = ${leaseNow(leaseClock, now)} + ${leaseMs}::bigint
    from chosen
    where task.tenant_id = chosen.tenant_id and task.connection_id = chosen.connection_id and task.kind = chosen.kind
    returning task.tenant_id, task.connection_id, task.kind, task.due_at, task.attempts, task.fence`.execute(db)
  return rows
}

function unclaimed({ now }: Claim, limit: number) {
  return sql`
    select * from (
      select ${key} from tenantry_tasks where fence is null and due_at <= ${now}::bigint
      order by due_at limit ${limit} for update skip locked
    ) as task`
}

function lapsed({ now, leaseClock }: Claim, full: readonly string[], limit: number) {
  return sql`
    select * from (
      select ${key} from tenantry_tasks
      where fence is not null and lease_until <= ${leaseNow(leaseClock, now)} and tenant_id <> all (${full}::text[])
      order by due_at limit ${limit} for update skip locked
    ) as task`
}

/** First where they lie, which the index alone tells, and then the tasks that lie there. */
function behind({ now, perTenant }: Claim, full: readonly string[], limit: number) {
  const places = sql`
    select distinct due_at, tenant_id from (
      select due_at, tenant_id from tenantry_tasks
      where fence is null and due_at <= ${now}::bigint and tenant_id <> all (${full}::text[])
      order by due_at limit ${limit * 4}
    ) as place`
  return sql`
    select task.* from (${places}) as place cross join lateral (
      select ${key} from tenantry_tasks
      where fence is null and due_at = place.due_at and tenant_id = place.tenant_id
      limit ${perTenant} for update skip locked
    ) as task`
}

function toClaimed(row: Claimed): ClaimedTask {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    kind: row.kind,
    dueAt: toNumber(row.due_at),
    attempts: toNumber(row.attempts),
    fence: toNumber(row.fence ?? 0),
  }
}
