import type { BreakerRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'

export function createMemoryBreakers(door: Door): BreakerRepository {
  return {
    get: (tenantId, key) => door.read(({ breakers }) => breakers.get(keyOf(tenantId, key)) ?? null),
    getMany: (keys) =>
      door.read(({ breakers }) => {
        const wanted = new Set(keys.map(({ tenantId, key }) => keyOf(tenantId, key)))
        return [...wanted].map((place) => breakers.get(place)).filter((row) => row !== undefined)
      }),
    trip(record) {
      const row = copyOf(record)
      return door.write(({ breakers }) => {
        const place = keyOf(row.tenantId, row.key)
        const stored = breakers.get(place)
        const isKnown = stored !== undefined && stored.of === row.of
        const blockedUntil = Math.max(row.blockedUntil, stored?.blockedUntil ?? 0)
        breakers.set(place, isKnown ? { ...row, since: stored.since, blockedUntil } : row)
        return !isKnown
      })
    },
    takeTry: (tenantId, key, { now, until }) =>
      door.write(({ breakers }) => {
        const place = keyOf(tenantId, key)
        const stored = breakers.get(place)
        if (stored === undefined || stored.blockedUntil > now) return false
        breakers.set(place, { ...stored, blockedUntil: until })
        return true
      }),
    remove: (tenantId, key) => door.write(({ breakers }) => breakers.delete(keyOf(tenantId, key))),
    removeBefore: (time, limit) =>
      door.write(({ breakers }) => {
        const over = [...breakers].filter(([, { blockedUntil }]) => blockedUntil < time).slice(0, limit)
        for (const [place] of over) breakers.delete(place)
        return over.length
      }),
    list: (limit) =>
      door.read(({ breakers }) =>
        [...breakers]
          .toSorted(([placeA, a], [placeB, b]) => a.since - b.since || (placeA < placeB ? -1 : 1))
          .slice(0, limit)
          .map(([, row]) => row),
      ),
  }
}
