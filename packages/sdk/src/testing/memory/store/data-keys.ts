import type { DataKeyPlace, DataKeyRecord, DataKeyRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { byNewest, deleteWhere, keyOf, rowsOf } from './tables.ts'
import type { Tables } from './tables.ts'

export function createMemoryDataKeys(door: Door): DataKeyRepository {
  return {
    get: (tenantId, id) => door.read(({ dataKeys }) => dataKeys.get(keyOf(tenantId, id)) ?? null),
    current: (tenantId) => door.read((tables) => newest(tables, tenantId)),
    insertFirst(record) {
      const row = copyOf(record)
      return door.write((tables) => {
        const stored = newest(tables, row.tenantId)
        if (stored !== null) return stored
        tables.dataKeys.set(keyOf(row.tenantId, row.id), row)
        return row
      })
    },
    async rewrap(tenantId, id, from, { keyId, wrapped }) {
      return door.write(({ dataKeys }) => {
        const stored = dataKeys.get(keyOf(tenantId, id))
        if (stored?.keyId !== from.keyId || stored.wrapped !== from.wrapped) return false
        dataKeys.set(keyOf(tenantId, id), { ...stored, keyId, wrapped })
        return true
      })
    },
    listWrappedBy: (keyId, after, limit) =>
      door.read(({ dataKeys }) =>
        rowsOf(dataKeys.listBy('key', keyId))
          .filter((row) => inOrder(row, after) > 0)
          .toSorted(inOrder)
          .slice(0, limit),
      ),
    tally: (limit) =>
      door.read(({ dataKeys }) => {
        const counts = new Map<string, number>()
        for (const { keyId } of dataKeys.values()) counts.set(keyId, (counts.get(keyId) ?? 0) + 1)
        const tallies = [...counts].map(([keyId, count]) => ({ keyId, dataKeys: count }))
        return tallies.toSorted((a, b) => (a.keyId < b.keyId ? -1 : 1)).slice(0, limit)
      }),
    removeForTenant: (tenantId) =>
      door.write(({ dataKeys }) => {
        deleteWhere(dataKeys, (row) => row.tenantId === tenantId)
      }),
  }
}

function newest({ dataKeys }: Tables, tenantId: string): DataKeyRecord | null {
  return rowsOf(dataKeys.listBy('tenant', tenantId)).toSorted(byNewest)[0] ?? null
}

function inOrder(a: DataKeyPlace, b: DataKeyPlace): number {
  if (a.tenantId !== b.tenantId) return a.tenantId < b.tenantId ? -1 : 1
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  return 0
}
