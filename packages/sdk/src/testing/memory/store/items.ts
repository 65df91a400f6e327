import { TenantryError } from '../../../errors/index.ts'
import type { ItemRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { keyOf, rowsOf } from './tables.ts'

export function createMemoryItems(door: Door): ItemRepository {
  return {
    get: (tenantId, connectionId, ids) =>
      door.read(({ items }) =>
        [...new Set(ids)].map((id) => items.get(keyOf(tenantId, connectionId, id))).filter((row) => row !== undefined),
      ),
    put(records) {
      const rows = new Map(copyOf(records).map((row) => [keyOf(row.tenantId, row.connectionId, row.id), row]))
      return door.write(({ items }) => {
        // A database refuses to write a row twice in one statement; a store for tests must not hide it.
        if (rows.size < records.length) throw new TenantryError('unavailable')
        for (const [key, row] of rows) items.set(key, { ...row, toldPlace: items.get(key)?.toldPlace ?? null })
      })
    },
    setTold: (tenantId, connectionId, id, place) =>
      door.write(({ items }) => {
        const key = keyOf(tenantId, connectionId, id)
        const row = items.get(key)
        if (row !== undefined) items.set(key, { ...row, toldPlace: place })
      }),
    listUnseen: (tenantId, connectionId, seenIn, limit) =>
      door.read(({ items }) =>
        rowsOf(items.listBy('connection', keyOf(tenantId, connectionId)))
          .filter((row) => row.seenIn !== seenIn)
          .toSorted((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      ),
    remove: (tenantId, connectionId, id, eventId) =>
      door.write(({ items }) => {
        const key = keyOf(tenantId, connectionId, id)
        if (items.get(key)?.eventId === eventId) items.delete(key)
      }),
    removeForConnection: (tenantId, connectionId) =>
      door.write(({ items }) => {
        for (const [key] of items.listBy('connection', keyOf(tenantId, connectionId))) items.delete(key)
      }),
  }
}
