import type { ContentRecord, ContentRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'
import type { Tables } from './tables.ts'

export function createMemoryContents(door: Door): ContentRepository {
  return {
    put(records) {
      const rows = structuredClone(records)
      return door.write(({ contents }) => {
        for (const row of rows) {
          const key = keyOf(row.tenantId, row.hash)
          const stored = contents.get(key)
          // Young again, so that it is not taken for unused before the event that needs it is there.
          contents.set(key, stored === undefined ? row : { ...stored, createdAt: Math.max(stored.createdAt, row.createdAt) })
        }
      })
    },
    get: (tenantId, hash) => door.read(({ contents }) => contents.get(keyOf(tenantId, hash)) ?? null),
    removeUnused: (before, limit) =>
      door.write((tables) => {
        const needed = new Set([...tables.outbox.values()].map(({ tenantId, contentHash }) => keyOf(tenantId, contentHash ?? '')))
        const unused = oldestFirst(tables).filter(([key, { createdAt }]) => createdAt < before && !needed.has(key))
        const doomed = unused.slice(0, limit)
        for (const [key] of doomed) tables.contents.delete(key)
        return doomed.length
      }),
  }
}

function oldestFirst({ contents }: Tables): [string, ContentRecord][] {
  return [...contents].toSorted(([, a], [, b]) => a.createdAt - b.createdAt)
}
