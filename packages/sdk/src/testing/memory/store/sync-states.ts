import type { SyncStateRecord, SyncStateRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'
import type { Lease, Leased } from './lease.ts'
import type { Tables } from './tables.ts'

type Stored = Leased<SyncStateRecord>

export function createMemorySyncStates(door: Door): SyncStateRepository {
  return {
    get: (tenantId, connectionId) => door.read(({ syncStates }) => syncStates.get(keyOf(tenantId, connectionId))?.row ?? null),
    setCursor: (tenantId, connectionId, cursor) =>
      door.write((tables) => {
        const { row, lease } = find(tables, tenantId, connectionId)
        save(tables, { row: { ...row, cursor, run: null }, lease })
      }),
    request: (tenantId, connectionId) =>
      door.write((tables) => {
        const { row, lease } = find(tables, tenantId, connectionId)
        save(tables, { row: { ...row, requested: row.requested + 1 }, lease })
      }),
    acquire: (tenantId, connectionId, { owner, now, leaseMs }) =>
      door.write((tables) => {
        const stored = tables.syncStates.get(keyOf(tenantId, connectionId))
        if (stored === undefined || (stored.lease !== null && stored.lease.until > now)) return null
        const lease: Lease = { owner, until: now + leaseMs, fence: door.nextFence() }
        save(tables, { row: stored.row, lease })
        return { fence: lease.fence, state: stored.row }
      }),
    advance: (tenantId, connectionId, { fence, cursor, run, now, leaseMs }) =>
      door.write((tables) => {
        const stored = tables.syncStates.get(keyOf(tenantId, connectionId))
        if (stored?.lease?.fence !== fence) return false
        const row = { ...stored.row, ...(cursor !== undefined && { cursor }), ...(run !== undefined && { run }) }
        save(tables, { row, lease: { ...stored.lease, until: now + leaseMs } })
        return true
      }),
    release: (tenantId, connectionId, { fence, processed }) =>
      door.write((tables) => {
        const stored = tables.syncStates.get(keyOf(tenantId, connectionId))
        if (stored?.lease?.fence !== fence) return null
        // Never past what was asked for, or the next request would count as done already.
        const done = Math.max(stored.row.processed, Math.min(processed, stored.row.requested))
        const row = { ...stored.row, processed: done }
        save(tables, { row, lease: null })
        return row
      }),
    remove: (tenantId, connectionId) =>
      door.write(({ syncStates }) => {
        syncStates.delete(keyOf(tenantId, connectionId))
      }),
  }
}

function find(tables: Tables, tenantId: string, connectionId: string): Stored {
  const stored = tables.syncStates.get(keyOf(tenantId, connectionId))
  return stored ?? { row: { tenantId, connectionId, cursor: null, run: null, requested: 0, processed: 0 }, lease: null }
}

function save(tables: Tables, stored: Stored): void {
  tables.syncStates.set(keyOf(stored.row.tenantId, stored.row.connectionId), stored)
}
