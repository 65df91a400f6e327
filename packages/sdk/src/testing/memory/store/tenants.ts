import type { TenantRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import type { Tables } from './tables.ts'

const kept: readonly (keyof Tables)[] = ['audit', 'dataKeys', 'host']

export function createMemoryTenants(door: Door): TenantRepository {
  return {
    removeRows: (tenantId, limit) =>
      door.write((tables) => {
        let removed = 0
        for (const [name, rows] of Object.entries(tables) as [keyof Tables, Map<string, unknown>][]) {
          if (kept.includes(name)) continue
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
