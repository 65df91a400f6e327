import type { SyncStateRecord, SyncStateRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import { free, leaseNow, newFence } from '../leases.ts'
import type { LeaseClock } from '../leases.ts'
import type { Database, SyncStateTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createSyncStates(db: Kysely<Database>, leaseClock: LeaseClock): SyncStateRepository {
  const update = (tenantId: string, connectionId: string) =>
    db.updateTable('tenantry_sync_states').where('tenant_id', '=', tenantId).where('connection_id', '=', connectionId)

  return {
    async get(tenantId, connectionId) {
      const row = await db
        .selectFrom('tenantry_sync_states')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async setCursor(tenantId, connectionId, cursor) {
      await db
        .insertInto('tenantry_sync_states')
        .values({ tenant_id: tenantId, connection_id: connectionId, cursor, requested: 0, processed: 0 })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id']).doUpdateSet({ cursor, run: null }))
        .execute()
    },
    async request(tenantId, connectionId) {
      await db
        .insertInto('tenantry_sync_states')
        .values({ tenant_id: tenantId, connection_id: connectionId, cursor: null, requested: 1, processed: 0 })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'connection_id']).doUpdateSet({ requested: sql<number>`tenantry_sync_states.requested + 1` }),
        )
        .execute()
    },
    async acquire(tenantId, connectionId, { owner, now, leaseMs }) {
      const row = await update(tenantId, connectionId)
        .set({ fence: newFence, lease_owner: owner, lease_until: sql<number>`${leaseNow(leaseClock, now)} + ${leaseMs}::bigint` })
        .where((row) => row.or([row('fence', 'is', null), row('lease_until', '<=', leaseNow(leaseClock, now))]))
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? null : { fence: toNumber(row.fence ?? 0), state: toRecord(row) }
    },
    async advance(tenantId, connectionId, { fence, cursor, run, now, leaseMs }) {
      const row = await update(tenantId, connectionId)
        .set({
          ...(cursor !== undefined && { cursor }),
          ...(run !== undefined && { run }),
          lease_until: sql<number>`${leaseNow(leaseClock, now)} + ${leaseMs}::bigint`,
        })
        .where('fence', '=', fence)
        .returning('fence')
        .executeTakeFirst()
      return row !== undefined
    },
    async release(tenantId, connectionId, { fence, processed }) {
      const row = await update(tenantId, connectionId)
        // Never past what was asked for, or the next request would count as done already.
        .set({ ...free, processed: sql<number>`greatest(processed, least(${processed}::bigint, requested))` })
        .where('fence', '=', fence)
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async remove(tenantId, connectionId) {
      await db.deleteFrom('tenantry_sync_states').where('tenant_id', '=', tenantId).where('connection_id', '=', connectionId).execute()
    },
  }
}

function toRecord(row: Selectable<SyncStateTable>): SyncStateRecord {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    cursor: row.cursor,
    run: row.run,
    requested: toNumber(row.requested),
    processed: toNumber(row.processed),
  }
}
