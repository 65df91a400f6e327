import type { TokenRecord, TokenRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import { free, leaseNow, newFence } from '../leases.ts'
import type { LeaseClock } from '../leases.ts'
import type { Database, TokenTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createTokens(db: Kysely<Database>, leaseClock: LeaseClock): TokenRepository {
  return {
    async get(tenantId, connectionId) {
      const row = await db
        .selectFrom('tenantry_tokens')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async listEnds(tenantId, connectionIds) {
      if (connectionIds.length === 0) return []
      const rows = await db
        .selectFrom('tenantry_tokens')
        .select(['connection_id', 'refresh_expires_at'])
        .where('tenant_id', '=', tenantId)
        .where(sql<boolean>`connection_id = any(${connectionIds}::text[])`)
        .where('refresh_expires_at', 'is not', null)
        .execute()
      return rows.map((row) => ({ connectionId: row.connection_id, endsAt: toNumber(row.refresh_expires_at ?? 0) }))
    },
    async put(record) {
      const row = await db
        .insertInto('tenantry_tokens')
        .values({ tenant_id: record.tenantId, connection_id: record.connectionId, ...toColumns(record) })
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'connection_id'])
            .doUpdateSet(toColumns(record))
            .where('tenantry_tokens.version', '<', record.version),
        )
        .returning('version')
        .executeTakeFirst()
      return row !== undefined
    },
    async acquireLease(tenantId, connectionId, { version, owner, now, leaseMs }) {
      const row = await db
        .updateTable('tenantry_tokens')
        .set({
          fence: newFence,
          lease_owner: owner,
          lease_until: sql<number>`${leaseNow(leaseClock, now)} + ${leaseMs}::bigint`,
          refreshes_begun: sql<number>`refreshes_begun + 1`,
        })
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('version', '=', version)
        .where((row) => row.or([row('fence', 'is', null), row('lease_until', '<=', leaseNow(leaseClock, now))]))
        .returning(['fence', 'refreshes_begun'])
        .executeTakeFirst()
      return row === undefined ? null : { fence: toNumber(row.fence ?? 0), inDoubt: toNumber(row.refreshes_begun) > 1 }
    },
    async commit(record, expected) {
      const row = await db
        .updateTable('tenantry_tokens')
        .set(toColumns(record))
        .where('tenant_id', '=', record.tenantId)
        .where('connection_id', '=', record.connectionId)
        .where('version', '=', expected.version)
        .where('fence', '=', expected.fence)
        .returning('version')
        .executeTakeFirst()
      return row !== undefined
    },
    async releaseLease(tenantId, connectionId, { fence, settled }) {
      await db
        .updateTable('tenantry_tokens')
        .set({ ...free, ...(settled && { refreshes_begun: 0 }) })
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('fence', '=', fence)
        .execute()
    },
    async doubt(tenantId, connectionId, { version, at }) {
      await db
        .updateTable('tenantry_tokens')
        .set({ doubted_at: at })
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('version', '=', version)
        .where('doubted_at', 'is', null)
        .execute()
    },
    async reject(tenantId, connectionId, version) {
      const row = await db
        .updateTable('tenantry_tokens')
        .set({ access_expires_at: 0, rejected: true })
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('version', '=', version)
        .where('rejected', '=', false)
        .returning('version')
        .executeTakeFirst()
      return row !== undefined
    },
    async remove(tenantId, connectionId) {
      await db.deleteFrom('tenantry_tokens').where('tenant_id', '=', tenantId).where('connection_id', '=', connectionId).execute()
    },
  }
}

/** A new grant always comes with a free lease, and nobody asked for the one after it yet. */
function toColumns(record: TokenRecord) {
  return {
    sealed_access: record.sealedAccess,
    sealed_refresh: record.sealedRefresh,
    access_expires_at: record.accessExpiresAt,
    refresh_expires_at: record.refreshExpiresAt,
    granted_at: record.grantedAt,
    version: record.version,
    doubted_at: record.doubtedAt,
    rejected: record.rejected,
    refreshes_begun: 0,
    ...free,
  }
}

function toRecord(row: Selectable<TokenTable>): TokenRecord {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    sealedAccess: row.sealed_access,
    sealedRefresh: row.sealed_refresh,
    accessExpiresAt: toNumber(row.access_expires_at),
    refreshExpiresAt: toNumber(row.refresh_expires_at),
    grantedAt: toNumber(row.granted_at),
    version: toNumber(row.version),
    doubtedAt: toNumber(row.doubted_at),
    rejected: row.rejected,
  }
}
