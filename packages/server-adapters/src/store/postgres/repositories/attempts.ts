import { TenantryError } from '@tenantry/sdk/errors'
import type { AttemptRecord, AttemptRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import { leaseNow, newFence } from '../leases.ts'
import type { LeaseClock } from '../leases.ts'
import type { AttemptTable, Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

/** A row that stood in the way may be gone when it is read. */
const tries = 10

export function createAttempts(db: Kysely<Database>, leaseClock: LeaseClock): AttemptRepository {
  const at = (tenantId: string, connectionId: string, key: string) =>
    sql<boolean>`tenant_id = ${tenantId} and connection_id = ${connectionId} and key = ${key}`
  const held = (fence: number) => sql<boolean>`fence = ${fence}::bigint and sealed_result is null`

  return {
    async begin({ tenantId, connectionId, key, contentHash }, { now, leaseMs }) {
      const moment = leaseNow(leaseClock, now)
      for (let round = 0; round < tries; round += 1) {
        const { rows } = await sql<{ fence: string | number; tries: string | number }>`
          insert into tenantry_attempts as attempt (tenant_id, connection_id, key, content_hash, begun_at, lease_until, fence, tries)
          values (${tenantId}, ${connectionId}, ${key}, ${contentHash}, ${now}, ${moment} + ${leaseMs}::bigint, ${newFence}, 1)
          on conflict (tenant_id, connection_id, key) do update
          set begun_at = excluded.begun_at, lease_until = excluded.lease_until, fence = excluded.fence, tries = attempt.tries + 1
          where attempt.sealed_result is null and attempt.lease_until <= ${moment} and attempt.content_hash = excluded.content_hash
          returning attempt.fence, attempt.tries`.execute(db)
        const [begun] = rows
        if (begun !== undefined) return { begun: true, fence: toNumber(begun.fence), inDoubt: toNumber(begun.tries) > 1 }
        const row = await db
          .selectFrom('tenantry_attempts')
          .selectAll()
          .where(at(tenantId, connectionId, key))
          .executeTakeFirst()
        if (row !== undefined) return { begun: false, record: toRecord(row) }
      }
      throw new TenantryError('unavailable')
    },
    async renew(tenantId, connectionId, key, { fence, now, leaseMs }) {
      const row = await db
        .updateTable('tenantry_attempts')
        .set({ lease_until: sql<number>`${leaseNow(leaseClock, now)} + ${leaseMs}::bigint` })
        .where(at(tenantId, connectionId, key))
        .where(held(fence))
        .returning('key')
        .executeTakeFirst()
      return row !== undefined
    },
    async finish(tenantId, connectionId, key, sealedResult) {
      const row = await db
        .updateTable('tenantry_attempts')
        .set({ sealed_result: sql<string>`coalesce(sealed_result, ${sealedResult})` })
        .where(at(tenantId, connectionId, key))
        .returning('key')
        .executeTakeFirst()
      return row !== undefined
    },
    async release(tenantId, connectionId, key, { fence, inDoubt }) {
      const place = at(tenantId, connectionId, key)
      if (!inDoubt) await db.deleteFrom('tenantry_attempts').where(place).where(held(fence)).execute()
      else await db.updateTable('tenantry_attempts').set({ fence: null, lease_until: 0 }).where(place).where(held(fence)).execute()
    },
    async removeBefore(time, limit) {
      const { numAffectedRows = 0n } = await sql`
        with old as (
          select tenant_id, connection_id, key from tenantry_attempts where begun_at < ${time}::bigint
          order by begun_at limit ${limit} for update skip locked
        )
        delete from tenantry_attempts as attempt using old
        where attempt.tenant_id = old.tenant_id and attempt.connection_id = old.connection_id and attempt.key = old.key`.execute(db)
      return toNumber(numAffectedRows)
    },
  }
}

function toRecord(row: Selectable<AttemptTable>): AttemptRecord {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    key: row.key,
    contentHash: row.content_hash,
    begunAt: toNumber(row.begun_at),
    leaseUntil: toNumber(row.lease_until),
    sealedResult: row.sealed_result,
  }
}
