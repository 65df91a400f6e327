import { connectionStatuses, isLive } from '@tenantry/sdk/model'
import type { Receipt } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

const live = connectionStatuses.filter(isLive)
const lastPushGrainMs = 5_000
/** A claim after a failure may end with a success that has not seen the push, or with another failure, whose wait shall not be given up. */
const failedWaitMs = 30_000

/**
 * The inbox's `receive` for many receipts as one statement, so that pushes cost one round trip and hold no lock between two. The connections are
 * locked before anything else and in one order, as by everybody who writes of one, because the parts that write are run in no order that could be
 * relied on; tasks come in the order in which claims of them end. @returns how many connections have to sync, by the receipts' order
 */
export async function receiveAll(db: Kysely<Database>, receipts: readonly Receipt[]): Promise<number[]> {
  const { rows } = await sql<{ at: string; waiting: string }>`
    with receipt as (
      select * from unnest(
        ${receipts.map((_, at) => at)}::int[], ${receipts.map(({ tenantId }) => tenantId)}::text[], ${receipts.map(({ provider }) => provider)}::text[],
        ${receipts.map(({ to }) => ('connectionId' in to ? to.connectionId : null))}::text[],
        ${receipts.map(({ to }) => ('address' in to ? to.address.toLowerCase() : null))}::text[],
        ${receipts.map(({ dedupeKey }) => dedupeKey)}::text[], ${receipts.map(({ receivedAt }) => receivedAt)}::bigint[],
        ${receipts.map(({ requestsSync }) => requestsSync)}::boolean[]
      ) as receipt (at, tenant_id, provider, connection_id, address_key, dedupe_key, received_at, requests_sync)
    ), found as (
      select at, receipt.tenant_id, id as connection_id, dedupe_key, received_at, requests_sync from receipt
      join tenantry_connections as connection on connection.tenant_id = receipt.tenant_id and connection.provider = receipt.provider
        and connection.id = receipt.connection_id
      union all
      select at, receipt.tenant_id, id, dedupe_key, received_at, requests_sync from receipt
      join tenantry_connections as connection on connection.tenant_id = receipt.tenant_id and connection.provider = receipt.provider
        and connection.address_key = receipt.address_key
    ), target as (
      select found.* from (select * from found order by tenant_id, connection_id) as found cross join lateral (
        select from tenantry_connections
        where tenant_id = found.tenant_id and id = found.connection_id and status in (${sql.join(live)}) for no key update
      ) as locked
    ), fresh as (
      insert into tenantry_inbox (tenant_id, connection_id, dedupe_key, received_at)
      select tenant_id, connection_id, dedupe_key, received_at from target order by 1, 2, 3
      on conflict (tenant_id, connection_id, dedupe_key) do nothing returning tenant_id, connection_id, dedupe_key
    ), taken as (
      select distinct on (tenant_id, connection_id, dedupe_key) target.* from target
      join fresh using (tenant_id, connection_id, dedupe_key) order by tenant_id, connection_id, dedupe_key, at
    ), pushed as (
      update tenantry_connections as connection
      set last_push_at = latest.received_at, updated_at = latest.received_at, version = connection.version + 1
      from (select tenant_id, connection_id, max(received_at) as received_at from taken group by 1, 2 order by 1, 2) as latest
      where connection.tenant_id = latest.tenant_id and connection.id = latest.connection_id
        and (connection.last_push_at is null or connection.last_push_at <= latest.received_at - ${lastPushGrainMs}::bigint)
    ), asking as (
      select tenant_id, connection_id, min(received_at) as received_at from taken where requests_sync group by 1, 2
    ), asked as (
      insert into tenantry_sync_states as state (tenant_id, connection_id, requested, processed)
      select tenant_id, connection_id, 1, 0 from asking order by 1, 2
      on conflict (tenant_id, connection_id) do update set requested = state.requested + 1
      where state.requested = state.processed or state.fence is not null
    ), due as (
      insert into tenantry_tasks as task (tenant_id, connection_id, kind, due_at, attempts)
      select tenant_id, connection_id, 'sync', received_at, 0 from asking order by tenant_id collate "C", connection_id collate "C"
      on conflict (tenant_id, connection_id, kind) do update set
        due_at = case when task.fence is null then least(task.due_at, excluded.due_at) else task.due_at end,
        again_at = case when task.fence is null then task.again_at
          else least(task.again_at, excluded.due_at + case when task.attempts = 0 then 0 else ${failedWaitMs}::bigint end) end
      where task.fence is not null or (task.attempts = 0 and task.due_at > excluded.due_at)
    )
    select at, count(*) as waiting from taken where requests_sync group by at`.execute(db)
  const waiting = new Map(rows.map((row) => [toNumber(row.at), toNumber(row.waiting)]))
  return receipts.map((_, at) => waiting.get(at) ?? 0)
}
