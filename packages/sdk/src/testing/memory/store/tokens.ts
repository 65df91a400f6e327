import type { TokenRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'

export function createMemoryTokens(door: Door): TokenRepository {
  return {
    get: (tenantId, connectionId) => door.read(({ tokens }) => tokens.get(keyOf(tenantId, connectionId))?.row ?? null),
    listEnds: (tenantId, connectionIds) =>
      door.read(({ tokens }) =>
        [...new Set(connectionIds)].flatMap((connectionId) => {
          const endsAt = tokens.get(keyOf(tenantId, connectionId))?.row.refreshExpiresAt ?? null
          return endsAt === null ? [] : [{ connectionId, endsAt }]
        }),
      ),
    put(record) {
      const row = copyOf(record)
      return door.write(({ tokens }) => {
        const key = keyOf(row.tenantId, row.connectionId)
        const stored = tokens.get(key)
        if (stored !== undefined && row.version <= stored.row.version) return false
        tokens.set(key, { row, lease: null, begun: false })
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
        tokens.set(key, { row: stored.row, lease: { owner, until: now + leaseMs, fence }, begun: true })
        return { fence, inDoubt: stored.begun }
      }),
    commit(record, expected) {
      const row = copyOf(record)
      return door.write(({ tokens }) => {
        const key = keyOf(row.tenantId, row.connectionId)
        const stored = tokens.get(key)
        if (stored?.row.version !== expected.version || stored.lease?.fence !== expected.fence) return false
        tokens.set(key, { row, lease: null, begun: false })
        return true
      })
    },
    releaseLease: (tenantId, connectionId, { fence, settled }) =>
      door.write(({ tokens }) => {
        const key = keyOf(tenantId, connectionId)
        const stored = tokens.get(key)
        if (stored?.lease?.fence === fence) tokens.set(key, { row: stored.row, lease: null, begun: stored.begun && !settled })
      }),
    doubt: (tenantId, connectionId, { version, at }) =>
      door.write(({ tokens }) => {
        const key = keyOf(tenantId, connectionId)
        const stored = tokens.get(key)
        if (stored?.row.version === version && stored.row.doubtedAt === null)
          tokens.set(key, { ...stored, row: { ...stored.row, doubtedAt: at } })
      }),
    reject: (tenantId, connectionId, version) =>
      door.write(({ tokens }) => {
        const key = keyOf(tenantId, connectionId)
        const stored = tokens.get(key)
        if (stored?.row.version !== version || stored.row.rejected) return false
        tokens.set(key, { ...stored, row: { ...stored.row, accessExpiresAt: 0, rejected: true } })
        return true
      }),
    remove: (tenantId, connectionId) =>
      door.write(({ tokens }) => {
        tokens.delete(keyOf(tenantId, connectionId))
      }),
  }
}
