import type { GoodbyePatch, GoodbyeRecord, GoodbyeRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Database, GoodbyeTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createGoodbyes(db: Kysely<Database>): GoodbyeRepository {
  const select = (tenantId: string) => db.selectFrom('tenantry_goodbyes').selectAll().where('tenant_id', '=', tenantId)

  return {
    async insert({ tenantId, id, kind, connectionId, provider, signIn, name, cause, createdAt, expiresAt, version, ...rest }) {
      const { sealed, steps, attempts, nextAttemptAt, endedAt } = rest
      const place = { kind, connection_id: connectionId, provider, sign_in: signIn, name, cause }
      const fixed = { ...place, created_at: createdAt, expires_at: expiresAt, version }
      const changing = { sealed, steps: JSON.stringify(steps), attempts, next_attempt_at: nextAttemptAt, ended_at: endedAt }
      const row = await db
        .insertInto('tenantry_goodbyes')
        .values({ tenant_id: tenantId, id, ...fixed, ...changing })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing())
        .returning('id')
        .executeTakeFirst()
      return row !== undefined
    },
    async get(tenantId, id) {
      const row = await select(tenantId).where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async list(tenantId, { connectionIds, signIn } = {}) {
      const rows = await select(tenantId)
        .$if(connectionIds !== undefined, (query) => query.where(sql<boolean>`connection_id = any(${connectionIds ?? []}::text[])`))
        .$if(signIn !== undefined, (query) => query.where('sign_in', '=', signIn ?? ''))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toRecord)
    },
    async update(tenantId, id, expectedVersion, patch) {
      const row = await db
        .updateTable('tenantry_goodbyes')
        .set({ ...toColumns(patch), version: expectedVersion + 1 })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('version', '=', expectedVersion)
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async remove(tenantId, id) {
      await db.deleteFrom('tenantry_goodbyes').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
    },
    async removeEnded(before, limit) {
      const doomed = sql`select tenant_id, id from tenantry_goodbyes where ended_at < ${before} order by ended_at limit ${limit}`
      const { rows } = await sql`delete from tenantry_goodbyes where (tenant_id, id) in (${doomed}) returning id`.execute(db)
      return rows.length
    },
  }
}

/** What is absent stays undefined, and Kysely leaves it out. */
function toColumns(patch: GoodbyePatch) {
  return {
    sealed: patch.sealed,
    steps: patch.steps === undefined ? undefined : JSON.stringify(patch.steps),
    attempts: patch.attempts,
    next_attempt_at: patch.nextAttemptAt,
    ended_at: patch.endedAt,
  }
}

function toRecord(row: Selectable<GoodbyeTable>): GoodbyeRecord {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    kind: row.kind,
    connectionId: row.connection_id,
    provider: row.provider,
    signIn: row.sign_in,
    name: row.name,
    cause: row.cause,
    sealed: row.sealed,
    steps: row.steps,
    attempts: toNumber(row.attempts),
    nextAttemptAt: toNumber(row.next_attempt_at),
    createdAt: toNumber(row.created_at),
    expiresAt: toNumber(row.expires_at),
    endedAt: toNumber(row.ended_at),
    version: toNumber(row.version),
  }
}
