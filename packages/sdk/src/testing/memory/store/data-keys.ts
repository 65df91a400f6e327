import type { DataKeyRecord, DataKeyRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { byNewest, deleteWhere, keyOf } from './tables.ts'
import type { Tables } from './tables.ts'

export function createMemoryDataKeys(door: Door): DataKeyRepository {
  return {
    get: (tenantId, id) => door.read(({ dataKeys }) => dataKeys.get(keyOf(tenantId, id)) ?? null),
    current: (tenantId) => door.read((tables) => newest(tables, tenantId)),
    insertFirst(record) {
      const row = structuredClone(record)
      return door.write((tables) => {
        const stored = newest(tables, row.tenantId)
        if (stored !== null) return stored
        tables.dataKeys.set(keyOf(row.tenantId, row.id), row)
        return row
      })
    },
    removeForTenant: (tenantId) =>
      door.write(({ dataKeys }) => {
        deleteWhere(dataKeys, (row) => row.tenantId === tenantId)
      }),
  }
}

function newest({ dataKeys }: Tables, tenantId: string): DataKeyRecord | null {
  return [...dataKeys.values()].filter((row) => row.tenantId === tenantId).toSorted(byNewest)[0] ?? null
}
