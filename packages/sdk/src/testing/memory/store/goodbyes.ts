import type { GoodbyeRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { byNewest, keyOf, rowsOf } from './tables.ts'

export function createMemoryGoodbyes(door: Door): GoodbyeRepository {
  return {
    async insert(record) {
      const row = copyOf(record)
      return door.write(({ goodbyes }) => {
        const key = keyOf(row.tenantId, row.id)
        if (goodbyes.has(key)) return false
        goodbyes.set(key, row)
        return true
      })
    },
    get: (tenantId, id) => door.read(({ goodbyes }) => goodbyes.get(keyOf(tenantId, id)) ?? null),
    list(tenantId, { connectionIds, signIn } = {}) {
      const wanted = connectionIds && new Set<string | null>(connectionIds)
      return door.read(({ goodbyes }) =>
        rowsOf(goodbyes.listBy('tenant', tenantId))
          .filter((row) => wanted?.has(row.connectionId) ?? true)
          .filter((row) => signIn === undefined || row.signIn === signIn)
          .toSorted(byNewest),
      )
    },
    async update(tenantId, id, expectedVersion, patch) {
      const given = copyOf(patch)
      return door.write(({ goodbyes }) => {
        const stored = goodbyes.get(keyOf(tenantId, id))
        if (stored?.version !== expectedVersion) return null
        const row = { ...stored, ...given, version: expectedVersion + 1 }
        goodbyes.set(keyOf(tenantId, id), row)
        return row
      })
    },
    remove: (tenantId, id) =>
      door.write(({ goodbyes }) => {
        goodbyes.delete(keyOf(tenantId, id))
      }),
    removeEnded: (before, limit) =>
      door.write(({ goodbyes }) => {
        const ended = [...goodbyes].filter(([, { endedAt }]) => endedAt !== null && endedAt < before)
        const doomed = ended.toSorted(([, a], [, b]) => (a.endedAt ?? 0) - (b.endedAt ?? 0)).slice(0, limit)
        for (const [key] of doomed) goodbyes.delete(key)
        return doomed.length
      }),
  }
}
