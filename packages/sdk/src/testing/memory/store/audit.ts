import { TenantryError } from '../../../errors/index.ts'
import type { AuditRecord, AuditRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { keyOf, rowsOf } from './tables.ts'
import type { Tables } from './tables.ts'

export function createMemoryAudit(door: Door): AuditRepository {
  return {
    // Transactions run one after another and other writes wait for them, so the newest line stays the newest and the last.
    head: (tenantId) => door.read(({ audit }) => audit.listBy('tenant', tenantId).at(-1)?.[1] ?? null),
    append(record) {
      const row = copyOf(record)
      return door.write(({ audit }) => {
        const key = keyOf(row.tenantId, row.sequence)
        if (audit.has(key)) throw new TenantryError('unavailable')
        audit.set(key, row)
      })
    },
    list: (tenantId, after, limit) =>
      door.read((tables) =>
        linesOf(tables, tenantId)
          .filter((row) => row.sequence > after)
          .slice(0, limit),
      ),
  }
}

function linesOf({ audit }: Tables, tenantId: string): AuditRecord[] {
  return rowsOf(audit.listBy('tenant', tenantId)).toSorted((a, b) => a.sequence - b.sequence)
}
