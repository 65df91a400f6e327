import { TenantryError } from '../../../errors/index.ts'
import type { PushEndpointRecord, PushEndpointRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'

const lastReceivedGrainMs = 5_000

export function createMemoryPushEndpoints(door: Door): PushEndpointRepository {
  return {
    findByKey: (key) => door.read(({ pushEndpoints }) => pushEndpoints.listBy('key', key)[0]?.[1] ?? null),
    get: (tenantId, vendor) => door.read(({ pushEndpoints }) => pushEndpoints.get(keyOf(tenantId, vendor)) ?? null),
    async put(record) {
      const row = copyOf(record)
      return door.write(({ pushEndpoints }) => {
        const place = keyOf(row.tenantId, row.vendor)
        const stored = pushEndpoints.get(place)
        if (stored === undefined && pushEndpoints.listBy('key', row.key).length > 0) throw new TenantryError('unavailable')
        const next = stored === undefined ? row : { ...row, ...keptBy(stored) }
        pushEndpoints.set(place, next)
        return next
      })
    },
    note: (tenantId, vendor, { receivedAt, malformed }) =>
      door.write(({ pushEndpoints }) => {
        const place = keyOf(tenantId, vendor)
        const row = pushEndpoints.get(place)
        if (row === undefined) return
        const isNews = row.lastReceivedAt === null || row.lastReceivedAt <= receivedAt - lastReceivedGrainMs
        if (malformed === 0 && !isNews) return
        const lastReceivedAt = Math.max(row.lastReceivedAt ?? receivedAt, receivedAt)
        pushEndpoints.set(place, { ...row, lastReceivedAt, malformed: row.malformed + malformed })
      }),
  }
}

/** What a put leaves as it is. */
function keptBy({ key, createdAt, lastReceivedAt, malformed }: PushEndpointRecord) {
  return { key, createdAt, lastReceivedAt, malformed }
}
