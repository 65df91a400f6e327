import type { AttemptRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { deleteOldest, keyOf } from './tables.ts'
import type { AttemptEntry, Tables } from './tables.ts'

export function createMemoryAttempts(door: Door): AttemptRepository {
  return {
    begin(attempt, { now, leaseMs }) {
      const { tenantId, connectionId, key, contentHash } = copyOf(attempt)
      return door.write(({ attempts }) => {
        const place = keyOf(tenantId, connectionId, key)
        const stored = attempts.get(place)
        const isFree = stored?.row.sealedResult === null && stored.row.leaseUntil <= now && stored.row.contentHash === contentHash
        if (stored !== undefined && !isFree) return { begun: false, record: stored.row }
        const row = { tenantId, connectionId, key, contentHash, begunAt: now, leaseUntil: now + leaseMs, sealedResult: null }
        const fence = door.nextFence()
        attempts.set(place, { row, fence })
        return { begun: true, fence, inDoubt: stored !== undefined }
      })
    },
    renew: (tenantId, connectionId, key, { fence, now, leaseMs }) =>
      door.write((tables) => {
        const place = keyOf(tenantId, connectionId, key)
        const held = heldBy(tables, place, fence)
        if (held !== null) tables.attempts.set(place, { fence, row: { ...held.row, leaseUntil: now + leaseMs } })
        return held !== null
      }),
    finish: (tenantId, connectionId, key, sealedResult) =>
      door.write(({ attempts }) => {
        const place = keyOf(tenantId, connectionId, key)
        const stored = attempts.get(place)
        if (stored?.row.sealedResult === null) attempts.set(place, { ...stored, row: { ...stored.row, sealedResult } })
        return stored !== undefined
      }),
    release: (tenantId, connectionId, key, { fence, inDoubt }) =>
      door.write((tables) => {
        const place = keyOf(tenantId, connectionId, key)
        const held = heldBy(tables, place, fence)
        if (held === null) return
        if (inDoubt) tables.attempts.set(place, { fence: null, row: { ...held.row, leaseUntil: 0 } })
        else tables.attempts.delete(place)
      }),
    removeBefore: (time, limit) =>
      door.write(({ attempts }) =>
        deleteOldest(
          attempts,
          limit,
          ({ row }) => row.begunAt < time,
          ({ row }) => row.begunAt,
        ),
      ),
  }
}

function heldBy({ attempts }: Tables, place: string, fence: number): AttemptEntry | null {
  const stored = attempts.get(place)
  return stored?.fence === fence && stored.row.sealedResult === null ? stored : null
}
