import { statusEvents } from '@tenantry/sdk/model'
import type { OutboxRecord, OutboxRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Database, OutboxTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'
import { settle } from './settle.ts'

// Expressions that the partial indexes do not know. A backlog that is newer than the statistics makes each index look alike, and a wrong one
// reads all of the backlog: due events are found by their order, and one event by the primary key.
const nextAttemptAt = sql<number>`(next_attempt_at + 0)`
const state = sql<string>`(state || '')`

export function createOutbox(db: Kysely<Database>): OutboxRepository {
  const select = (tenantId: string, connectionId: string) =>
    db.selectFrom('tenantry_outbox').where('tenant_id', '=', tenantId).where('connection_id', '=', connectionId)
  const selectPending = (tenantId: string, connectionId: string, { toFetch }: { readonly toFetch: boolean }) =>
    select(tenantId, connectionId).where('state', '=', 'pending').where('to_fetch', '=', toFetch)
  const earliest = async (tenantId: string, connectionId: string, which: { readonly toFetch: boolean }): Promise<number | null> => {
    const row = await selectPending(tenantId, connectionId, which)
      .select('next_attempt_at')
      .orderBy('next_attempt_at')
      .limit(1)
      .executeTakeFirst()
    return row === undefined ? null : toNumber(row.next_attempt_at)
  }
  const updatePending = (tenantId: string, connectionId: string, id: string) =>
    db
      .updateTable('tenantry_outbox')
      .where('tenant_id', '=', tenantId)
      .where('connection_id', '=', connectionId)
      .where('id', '=', id)
      .where(state, '=', 'pending')

  return {
    async insert(records) {
      // One statement and one parameter for any number of events; the order of the list becomes the position.
      const { numAffectedRows = 0n } = await sql`
        insert into tenantry_outbox (tenant_id, connection_id, id, type, origin, occurred_at, sealed_payload, to_fetch, content_hash, state, attempts, next_attempt_at, created_at)
        select "tenantId", "connectionId", id, type, origin, "occurredAt", "sealedPayload", "toFetch", "contentHash", state, attempts, "nextAttemptAt", "createdAt"
        from rows from (json_to_recordset(${JSON.stringify(records)}::json) as (
          "tenantId" text, "connectionId" text, id text, type text, origin text, "occurredAt" bigint, "sealedPayload" text, "toFetch" boolean,
          "contentHash" text, state text, attempts bigint, "nextAttemptAt" bigint, "createdAt" bigint
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
      const rows = await selectPending(tenantId, connectionId, { toFetch: false })
        .selectAll()
        .where(nextAttemptAt, '<=', now)
        .orderBy('position')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    async listStatuses(tenantId, connectionId, limit) {
      const rows = await select(tenantId, connectionId)
        .select(['id', 'type', 'next_attempt_at'])
        .where('state', '=', 'pending')
        .where('type', 'in', statusEvents)
        .orderBy('position')
        .limit(limit)
        .execute()
      return rows.map(({ id, type, next_attempt_at }) => ({ id, type, nextAttemptAt: toNumber(next_attempt_at) }))
    },
    nextDueAt: (tenantId, connectionId) => earliest(tenantId, connectionId, { toFetch: false }),
    async takeToFetch(tenantId, connectionId, { now, retryAt, limit }) {
      const { rows } = await sql<Selectable<OutboxTable>>`
        with due as (
          select tenant_id, connection_id, id from tenantry_outbox
          where tenant_id = ${tenantId} and connection_id = ${connectionId} and state = 'pending' and to_fetch
            and ${nextAttemptAt} <= ${now}::bigint
          order by position limit ${limit} for update skip locked
        )
        update tenantry_outbox as item set attempts = item.attempts + 1, next_attempt_at = ${retryAt}::bigint
        from due
        where item.tenant_id = due.tenant_id and item.connection_id = due.connection_id and item.id = due.id
        returning item.*`.execute(db)
      return rows.toSorted((a, b) => toNumber(a.position) - toNumber(b.position)).map(toRecord)
    },
    nextFetchAt: (tenantId, connectionId) => earliest(tenantId, connectionId, { toFetch: true }),
    settle: (tenantId, connectionId, settlements) => settle(db, tenantId, connectionId, settlements),
    async complete(tenantId, connectionId, id) {
      const row = await updatePending(tenantId, connectionId, id)
        // What was not read yet cannot have been handed over.
        .where('to_fetch', '=', false)
        .set({ state: 'done', sealed_payload: '', content_hash: null })
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
    async countMany(tenantId, connectionIds, which) {
      if (connectionIds.length === 0) return []
      const rows = await db
        .selectFrom('tenantry_outbox')
        .select('connection_id')
        .select((row) => row.fn.countAll().as('rows'))
        .where('tenant_id', '=', tenantId)
        .where(sql<boolean>`connection_id = any(${connectionIds}::text[])`)
        .where('state', '=', which)
        .groupBy('connection_id')
        .execute()
      return rows.map((row) => ({ connectionId: row.connection_id, count: toNumber(row.rows) }))
    },
    async redrive(tenantId, connectionId, now) {
      const { numUpdatedRows } = await db
        .updateTable('tenantry_outbox')
        .set({ state: 'pending', attempts: 0, next_attempt_at: now })
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('state', '=', 'quarantined')
        .executeTakeFirst()
      return toNumber(numUpdatedRows)
    },
    async removeDone(before, limit) {
      // The next attempt is set before an event is handed over, so it tells when the event was done, and never too early.
      const { numAffectedRows = 0n } = await sql`
        with old as (
          select tenant_id, connection_id, id from tenantry_outbox
          where state = 'done' and next_attempt_at < ${before}::bigint
          order by next_attempt_at limit ${limit} for update skip locked
        )
        delete from tenantry_outbox as event using old
        where event.tenant_id = old.tenant_id and event.connection_id = old.connection_id and event.id = old.id`.execute(db)
      return toNumber(numAffectedRows)
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
    toFetch: row.to_fetch,
    contentHash: row.content_hash,
    state: row.state,
    attempts: toNumber(row.attempts),
    nextAttemptAt: toNumber(row.next_attempt_at),
    createdAt: toNumber(row.created_at),
  }
}
