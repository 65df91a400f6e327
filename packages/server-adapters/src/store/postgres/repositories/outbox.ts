import type { OutboxRecord, OutboxRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Database, OutboxTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createOutbox(db: Kysely<Database>): OutboxRepository {
  const select = (tenantId: string, connectionId: string) =>
    db.selectFrom('tenantry_outbox').where('tenant_id', '=', tenantId).where('connection_id', '=', connectionId)
  const updatePending = (tenantId: string, connectionId: string, id: string) =>
    db
      .updateTable('tenantry_outbox')
      .where('tenant_id', '=', tenantId)
      .where('connection_id', '=', connectionId)
      .where('id', '=', id)
      .where('state', '=', 'pending')

  return {
    async insert(records) {
      // One statement and one parameter for any number of events; the order of the list becomes the position.
      const { numAffectedRows = 0n } = await sql`
        insert into tenantry_outbox (tenant_id, connection_id, id, type, origin, occurred_at, sealed_payload, state, attempts, next_attempt_at, created_at)
        select "tenantId", "connectionId", id, type, origin, "occurredAt", "sealedPayload", state, attempts, "nextAttemptAt", "createdAt"
        from rows from (json_to_recordset(${JSON.stringify(records)}::json) as (
          "tenantId" text, "connectionId" text, id text, type text, origin text, "occurredAt" bigint, "sealedPayload" text, state text,
          attempts bigint, "nextAttemptAt" bigint, "createdAt" bigint
        )) with ordinality
        order by ordinality
        on conflict (tenant_id, connection_id, id) do nothing`.execute(db)
      return toNumber(numAffectedRows)
    },
    async get(tenantId, connectionId, id) {
      const row = await select(tenantId, connectionId).selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async listDue(tenantId, connectionId, now, limit) {
      const rows = await select(tenantId, connectionId)
        .selectAll()
        .where('state', '=', 'pending')
        .where('next_attempt_at', '<=', now)
        .orderBy('position')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    async nextDueAt(tenantId, connectionId) {
      const row = await select(tenantId, connectionId)
        .select((row) => row.fn.min('next_attempt_at').as('due'))
        .where('state', '=', 'pending')
        .executeTakeFirstOrThrow()
      return toNumber(row.due as string | number | bigint | null)
    },
    async complete(tenantId, connectionId, id) {
      const row = await updatePending(tenantId, connectionId, id)
        .set({ state: 'done', sealed_payload: '' })
        .returning('id')
        .executeTakeFirst()
      return row !== undefined
    },
    async fail(tenantId, connectionId, id, { attempts, nextAttemptAt, quarantine }) {
      await updatePending(tenantId, connectionId, id)
        .set({ attempts, next_attempt_at: nextAttemptAt, state: quarantine ? 'quarantined' : 'pending' })
        .execute()
    },
    async count(tenantId, connectionId, state) {
      const row = await select(tenantId, connectionId)
        .select((row) => row.fn.countAll().as('rows'))
        .where('state', '=', state)
        .executeTakeFirstOrThrow()
      return toNumber(row.rows)
    },
  }
}

function toRecord(row: Selectable<OutboxTable>): OutboxRecord {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    id: row.id,
    type: row.type,
    origin: row.origin,
    occurredAt: toNumber(row.occurred_at),
    sealedPayload: row.sealed_payload,
    state: row.state,
    attempts: toNumber(row.attempts),
    nextAttemptAt: toNumber(row.next_attempt_at),
    createdAt: toNumber(row.created_at),
  }
}
