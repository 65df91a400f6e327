import type { ContentRecord, ContentRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { deleteOldest, keyOf } from './tables.ts'

export function createMemoryContents(door: Door): ContentRepository {
  return {
    put(records) {
      const rows = copyOf(records)
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
        const isUnused = ({ tenantId, hash, createdAt }: ContentRecord) =>
          createdAt < before && tables.outbox.listBy('content', keyOf(tenantId, hash)).length === 0
        return deleteOldest(tables.contents, limit, isUnused, ({ createdAt }) => createdAt)
      }),
  }
}
