import type { OutboxSettlement } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'

/**
 * The outbox's `settle` as one statement: all or nothing also outside a transaction. Rows are locked in one order, so that two workers do not
 * wait for each other, and each by its whole key, which reads no more than it must also where statistics are old. Of two words on one item the last counts.
 */
export async function settle(
  db: Kysely<Database>,
  tenantId: string,
  connectionId: string,
  settlements: readonly OutboxSettlement[],
): Promise<void> {
  if (settlements.length === 0) return
  const last = new Map(settlements.map((settlement) => [settlement.id, settlement]))
  const ids = [...last.keys()].toSorted()
  await sql`
    with settlement as (
      select * from json_to_recordset(${JSON.stringify([...last.values()])}::json) as (
        id text, kind text, "sealedPayload" text, "contentHash" text, "occurredAt" bigint, origin text,
        attempts bigint, "nextAttemptAt" bigint, quarantine boolean
      )
    ), locked as (
      select item.* from unnest(${ids}::text[]) as given (id) cross join lateral (
        select tenant_id, connection_id, id, state, to_fetch from tenantry_outbox
        where tenant_id = ${tenantId} and connection_id = ${connectionId} and id = given.id for update
      ) as item
    ), open as (
      select tenant_id, connection_id, settlement.* from locked join settlement using (id) where state = 'pending' and to_fetch
    ), dropped as (
      delete from tenantry_outbox as item using open
      where item.tenant_id = open.tenant_id and item.connection_id = open.connection_id and item.id = open.id and kind = 'dropped'
    ), failed as (
      update tenantry_outbox as item set attempts = open.attempts, next_attempt_at = open."nextAttemptAt",
        state = case when open.quarantine then 'quarantined' else 'pending' end
      from open
      where item.tenant_id = open.tenant_id and item.connection_id = open.connection_id and item.id = open.id and kind = 'failed'
    )
    update tenantry_outbox as item set sealed_payload = open."sealedPayload", content_hash = open."contentHash",
      occurred_at = open."occurredAt", origin = open.origin, to_fetch = false, attempts = 0, next_attempt_at = item.created_at
    from open
    where item.tenant_id = open.tenant_id and item.connection_id = open.connection_id and item.id = open.id and kind = 'fetched'`.execute(
    db,
  )
}
