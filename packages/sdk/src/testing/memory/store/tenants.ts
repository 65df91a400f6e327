import type { TenantRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { createTables } from './tables.ts'
import type { Tables } from './tables.ts'

const names = Object.keys(createTables()) as (keyof Tables)[]
const kept: readonly (keyof Tables)[] = ['audit', 'dataKeys', 'host']

export function createMemoryTenants(door: Door): TenantRepository {
  return {
    removeRows: (tenantId, limit) =>
      door.write((tables) => {
        let removed = 0
        for (const name of names.filter((table) => !kept.includes(table))) {
          const rows = tables[name] as Map<string, unknown>
          const doomed = [...rows].filter(([, row]) => ownerOf(row) === tenantId).slice(0, limit)
          for (const [key] of doomed) rows.delete(key)
          removed += doomed.length
        }
        return removed
      }),
  }
}

/** A row stands alone or beside its lease. */
function ownerOf(entry: unknown): string {
  const { row = entry } = entry as { row?: unknown }
  return (row as { tenantId: string }).tenantId
}
