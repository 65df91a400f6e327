import { expect } from 'vitest'
import type { StoreSuite } from './harness.ts'
import { minute, newBreaker, start } from './records.ts'

const at = ['tenant-a', 'app/google/gmail'] as const

export function describeBreakers({ group, test, secure }: StoreSuite): void {
  group('breakers', () => {
    test('forgets what held nobody back for long, of any tenant', async ({ store, peer }) => {
      for (const [tenantId, blockedUntil] of [
        ['tenant-a', start - 2],
        ['tenant-b', start - 1],
        ['tenant-c', start],
      ] as const)
        await store.breakers.trip(newBreaker({ tenantId, blockedUntil }))
      expect(await store.breakers.removeBefore(start, 1)).toBe(1)
      expect(await store.breakers.removeBefore(start, 10)).toBe(1)
      expect((await peer.breakers.list(10)).map(({ tenantId }) => tenantId)).toEqual(['tenant-c'])
    })

    test('gives back a breaker exactly as it was tripped', async ({ store, peer }) => {
      const bare = newBreaker({ key: 'vendor/google', of: null })
      expect(await store.breakers.trip(newBreaker())).toBe(true)
      expect(await store.breakers.trip(bare)).toBe(true)
      expect(await peer.breakers.get(...at)).toEqual(newBreaker())
      expect(await peer.breakers.get('tenant-a', 'vendor/google')).toEqual(bare)
      expect(await peer.breakers.get('tenant-a', 'quota/google')).toBeNull()
    })

    test('keeps since when the same is still broken, and starts anew with another version', async ({ store }) => {
      await store.breakers.trip(newBreaker())
      const again = newBreaker({ reason: 'throttled', blockedUntil: start + 90 * minute, failures: 2, since: start + 5 })
      expect(await store.breakers.trip(again)).toBe(false)
      expect(await store.breakers.get(...at)).toEqual({ ...again, since: start })
      const other = newBreaker({ of: 'v2', since: start + 6 })
      expect(await store.breakers.trip(other)).toBe(true)
      expect(await store.breakers.get(...at)).toEqual(other)
      expect(await store.breakers.trip(newBreaker({ of: null, since: start + 7 }))).toBe(true)
      expect(await store.breakers.trip(newBreaker({ of: null, since: start + 8 }))).toBe(false)
      expect((await store.breakers.get(...at))?.since).toBe(start + 7)
    })

    test('holds as long as the longest of those who trip it says, and as long as another says of what replaced it', async ({ store }) => {
      await store.breakers.trip(newBreaker({ of: '1', blockedUntil: start + 5 * minute }))
      await store.breakers.trip(newBreaker({ of: '1', blockedUntil: start + minute }))
      expect(await store.breakers.get(...at)).toMatchObject({ blockedUntil: start + 5 * minute })
      await store.breakers.trip(newBreaker({ of: '1', blockedUntil: start + 9 * minute }))
      expect(await store.breakers.get(...at)).toMatchObject({ blockedUntil: start + 9 * minute })
      await store.breakers.trip(newBreaker({ of: '2', blockedUntil: start + minute }))
      expect(await store.breakers.get(...at)).toMatchObject({ blockedUntil: start + minute })
    })

    secure('tells one of many who trip it at once that it is new', async ({ store, peer, probe }) => {
      const trips = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : peer).breakers.trip(newBreaker()))
      expect((await Promise.all(trips)).filter(Boolean)).toHaveLength(1)
      expect(await probe.rows('breakers')).toHaveLength(1)
    })

    secure('gives the try to exactly one of many', async ({ store, peer }) => {
      await store.breakers.trip(newBreaker())
      const tries = (now: number) =>
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? store : peer).breakers.takeTry(...at, { now, until: start + 2 * minute }),
        )
      expect((await Promise.all(tries(start + minute - 1))).filter(Boolean)).toHaveLength(0)
      expect((await Promise.all(tries(start + minute))).filter(Boolean)).toHaveLength(1)
      expect(await store.breakers.get(...at)).toEqual(newBreaker({ blockedUntil: start + 2 * minute }))
      expect(await store.breakers.takeTry('tenant-a', 'quota/google', { now: start + minute, until: start + 2 * minute })).toBe(false)
    })

    test('is gone once, and new after that', async ({ store, peer, probe }) => {
      await store.breakers.trip(newBreaker())
      const removals = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? store : peer).breakers.remove(...at))
      expect((await Promise.all(removals)).filter(Boolean)).toHaveLength(1)
      expect(await probe.rows('breakers')).toEqual([])
      expect(await store.breakers.trip(newBreaker({ since: start + 1 }))).toBe(true)
      expect((await store.breakers.get(...at))?.since).toBe(start + 1)
    })

    test('gives those of many that exist, and lists all, the longest broken first', async ({ store, peer }) => {
      const rows = [
        newBreaker({ tenantId: 'tenant-b', since: start - 2 }),
        newBreaker({ key: 'vendor/google', since: start }),
        newBreaker({ since: start - 1 }),
      ] as const
      for (const row of rows) await store.breakers.trip(row)
      const found = await peer.breakers.getMany([rows[0], rows[1], rows[0], { tenantId: 'tenant-b', key: 'vendor/google' }])
      expect(found.toSorted((a, b) => a.since - b.since)).toEqual([rows[0], rows[1]])
      expect(await peer.breakers.getMany([])).toEqual([])
      expect(await peer.breakers.list(10)).toEqual([rows[0], rows[2], rows[1]])
      expect(await peer.breakers.list(1)).toEqual([rows[0]])
    })
  })
}
