import type { TokenRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'

export function createMemoryTokens(door: Door): TokenRepository {
  return {
    get: (tenantId, connectionId) => door.read(({ tokens }) => tokens.get(keyOf(tenantId, connectionId))?.row ?? null),
    put(record) {
      const row = structuredClone(record)
      return door.write(({ tokens }) => {
        const key = keyOf(row.tenantId, row.connectionId)
        const stored = tokens.get(key)
        if (stored !== undefined && row.version <= stored.row.version) return false
        tokens.set(key, { row, lease: null })
        return true
      })
    },
    acquireLease: (tenantId, connectionId, { version, owner, now, leaseMs }) =>
      door.write(({ tokens }) => {
        const key = keyOf(tenantId, connectionId)
        const stored = tokens.get(key)
        if (stored?.row.version !== version) return null
        if (stored.lease !== null && stored.lease.until > now) return null
        const fence = door.nextFence()
        tokens.set(key, { row: stored.row, lease: { owner, until: now + leaseMs, fence } })
        return { fence }
      }),
    commit(record, expected) {
      const row = structuredClone(record)
      return door.write(({ tokens }) => {
        const key = keyOf(row.tenantId, row.connectionId)
        const stored = tokens.get(key)
        if (stored?.row.version !== expected.version || stored.lease?.fence !== expected.fence) return false
        tokens.set(key, { row, lease: null })
        return true
      })
    },
    releaseLease: (tenantId, connectionId, fence) =>
      door.write(({ tokens }) => {
        const key = keyOf(tenantId, connectionId)
        const stored = tokens.get(key)
        if (stored?.lease?.fence === fence) tokens.set(key, { row: stored.row, lease: null })
      }),
    remove: (tenantId, connectionId) =>
      door.write(({ tokens }) => {
        tokens.delete(keyOf(tenantId, connectionId))
      }),
  }
}
