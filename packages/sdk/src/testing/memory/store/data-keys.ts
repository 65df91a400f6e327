import type { DataKeyRecord, DataKeyRepository } from '../../../ports/index.ts'
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
    removeForTenant: (tenantId) =>
      door.write(({ dataKeys }) => {
        deleteWhere(dataKeys, (row) => row.tenantId === tenantId)
      }),
  }
}

function newest({ dataKeys }: Tables, tenantId: string): DataKeyRecord | null {
  return rowsOf(dataKeys.listBy('tenant', tenantId)).toSorted(byNewest)[0] ?? null
}
