import { TenantryError } from '../../../errors/index.ts'
import type { PushEndpointRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'

export function createMemoryPushEndpoints(door: Door): PushEndpointRepository {
  return {
    findByKey: (key) => door.read(({ pushEndpoints }) => [...pushEndpoints.values()].find((row) => row.key === key) ?? null),
    get: (tenantId, vendor) => door.read(({ pushEndpoints }) => pushEndpoints.get(keyOf(tenantId, vendor)) ?? null),
    async put(record) {
      const row = structuredClone(record)
      return door.write(({ pushEndpoints }) => {
        const place = keyOf(row.tenantId, row.vendor)
        const stored = pushEndpoints.get(place)
        if (stored === undefined && [...pushEndpoints.values()].some((other) => other.key === row.key))
          throw new TenantryError('unavailable')
        const next = stored === undefined ? row : { ...row, key: stored.key, createdAt: stored.createdAt }
        pushEndpoints.set(place, next)
        return next
      })
    },
  }
}
