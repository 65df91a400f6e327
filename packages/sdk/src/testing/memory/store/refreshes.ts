import type { RefreshRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'

const minuteMs = 60_000

export function createMemoryRefreshes(door: Door): RefreshRepository {
  return {
    note: ({ tenantId, vendor, at, refused }) =>
      door.write(({ refreshes }) => {
        const minute = beginOf(at)
        const key = keyOf(tenantId, vendor, minute)
        const stored = refreshes.get(key) ?? { tenantId, vendor, minute, asked: 0, refused: 0 }
        refreshes.set(key, { ...stored, asked: stored.asked + 1, refused: stored.refused + (refused ? 1 : 0) })
      }),
    tally: (vendor, since) =>
      door.read(({ refreshes }) => {
        const rows = [...refreshes.values()].filter((row) => row.vendor === vendor && row.minute >= beginOf(since))
        return {
          asked: rows.reduce((sum, { asked }) => sum + asked, 0),
          refused: rows.reduce((sum, { refused }) => sum + refused, 0),
          tenantsAsked: new Set(rows.map(({ tenantId }) => tenantId)).size,
          tenantsRefused: new Set(rows.filter(({ refused }) => refused > 0).map(({ tenantId }) => tenantId)).size,
        }
      }),
    removeBefore: (time, limit) =>
      door.write(({ refreshes }) => {
        const over = [...refreshes].filter(([, { minute }]) => minute + minuteMs <= time).toSorted(([, a], [, b]) => a.minute - b.minute)
        const doomed = over.slice(0, limit)
        for (const [key] of doomed) refreshes.delete(key)
        return doomed.length
      }),
  }
}

function beginOf(time: number): number {
  return Math.floor(time / minuteMs) * minuteMs
}
