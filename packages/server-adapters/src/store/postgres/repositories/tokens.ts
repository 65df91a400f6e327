import type { TokenRecord, TokenRepository } from '@tenantry/sdk/ports'
import type { Kysely, Selectable } from 'kysely'
import { free, newFence } from '../leases.ts'
import type { Database, TokenTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createTokens(db: Kysely<Database>): TokenRepository {
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
        .set({ fence: newFence, lease_owner: owner, lease_until: now + leaseMs })
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('version', '=', version)
        .where((row) => row.or([row('fence', 'is', null), row('lease_until', '<=', now)]))
        .returning('fence')
        .executeTakeFirst()
      return row === undefined ? null : { fence: toNumber(row.fence ?? 0) }
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
    async releaseLease(tenantId, connectionId, fence) {
      await db
        .updateTable('tenantry_tokens')
        .set(free)
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .where('fence', '=', fence)
        .execute()
    },
    async remove(tenantId, connectionId) {
      await db.deleteFrom('tenantry_tokens').where('tenant_id', '=', tenantId).where('connection_id', '=', connectionId).execute()
    },
  }
}

/** A new grant always comes with a free lease. */
function toColumns(record: TokenRecord) {
  return {
    sealed_access: record.sealedAccess,
    sealed_refresh: record.sealedRefresh,
    access_expires_at: record.accessExpiresAt,
    refresh_expires_at: record.refreshExpiresAt,
    granted_at: record.grantedAt,
    version: record.version,
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
  }
}
