import { assert, asyncProperty, boolean, array, nat, record } from 'fast-check'
import { expect } from 'vitest'
import type { Store } from '../../../ports/index.ts'
import type { StoreSuite } from './harness.ts'
import { minute, start } from './records.ts'

const key = 'quota/google/gmail'
/** Ten at once, and one more each second. */
const rule = { costMs: 1_000, burstMs: 10_000 }

const take = (store: Store, now: number, tenantId = 'tenant-a') => store.budgets.take(tenantId, key, { ...rule, now })

async function takeMany(stores: readonly Store[], now: number, count: number): Promise<number> {
  const takes = Array.from({ length: count }, (_, index) => take(stores[index % stores.length] ?? fail(), now))
  return (await Promise.all(takes)).filter((waitMs) => waitMs === 0).length
}

function fail(): never {
  throw new Error('There is no store to take from.')
}

export function describeBudgets({ group, test, secure }: StoreSuite): void {
  group('budgets', () => {
    test('gives a burst, then as much as comes back, and says how long to wait', async ({ store, peer }) => {
      for (let at = 0; at < 10; at += 1) expect(await take(at % 2 === 0 ? store : peer, start)).toBe(0)
      expect(await take(peer, start)).toBe(1_000)
      expect(await take(store, start + 400)).toBe(600)
      expect(await take(store, start + 999)).toBe(1)
      expect(await take(peer, start + 1_000)).toBe(0)
      expect(await take(store, start + 1_000)).toBe(1_000)
      // Full again, and never fuller than that.
      expect(await takeMany([store], start + 60 * minute, 12)).toBe(10)
    })

    test('takes all or nothing, and a take that was refused costs nothing', async ({ store }) => {
      const large = { costMs: 7_000, burstMs: 10_000, now: start }
      expect(await store.budgets.take('tenant-a', key, large)).toBe(0)
      for (let at = 0; at < 5; at += 1) expect(await store.budgets.take('tenant-a', key, large)).toBe(4_000)
      expect(await store.budgets.take('tenant-a', key, { ...large, costMs: 3_000 })).toBe(0)
    })

    secure('never gives many who take at once more than there is', async ({ store, peer, probe }) => {
      expect(await takeMany([store, peer], start, 60)).toBe(10)
      expect(await takeMany([store, peer], start + 3_000, 60)).toBe(3)
      expect(await probe.rows('budgets')).toHaveLength(1)
    })

    secure('keeps budgets apart, by tenant and by key', async ({ store, peer, find }) => {
      expect(await takeMany([store], start, 11)).toBe(10)
      expect(await take(peer, start, 'tenant-b')).toBe(0)
      expect(await store.budgets.take('tenant-a', `${key}/1`, { ...rule, now: start })).toBe(0)
      expect(await take(store, start)).toBe(1_000)
      expect(await find('budgets', 'tenant-b')).toHaveLength(1)
    })

    test('goes on after two bursts at most when the clock goes back, and gives no more when it differs a little', async ({ store }) => {
      expect(await takeMany([store], start, 10)).toBe(10)
      expect(await take(store, start - 1)).toBe(1_001)
      expect(await take(store, start - 10_000)).toBe(11_000)
      expect(await take(store, start - 10_001)).toBe(0)
      expect(await takeMany([store], start - 10_001, 12)).toBe(9)
    })

    test('forgets what is full since before a time, of any tenant, and goes with its tenant', async ({ store, peer, probe }) => {
      for (const [tenantId, now] of [
        ['tenant-a', start - 1_001],
        ['tenant-b', start - 1_000],
        ['tenant-c', start - 1_002],
      ] as const)
        await take(store, now, tenantId)
      expect(await store.budgets.removeBefore(start, 1)).toBe(1)
      expect(await peer.budgets.removeBefore(start, 10)).toBe(1)
      expect(await probe.rows('budgets')).toHaveLength(1)
      expect(await store.tenants.removeRows('tenant-b', 10)).toBe(1)
      expect(await probe.rows('budgets')).toEqual([])
    })

    test('gives exactly what a bucket would give that drips', async ({ store }) => {
      const steps = array(record({ waitMs: nat(4_000), costMs: nat(9).map((cost) => (cost + 1) * 1_000), other: boolean() }), {
        maxLength: 30,
      })
      let name = 0
      await assert(
        asyncProperty(steps, async (takes) => {
          name += 1
          let now = start
          const levels = new Map<string, { level: number; at: number }>()
          for (const { waitMs, costMs, other } of takes) {
            now += waitMs
            const bucket = `${name}/${other ? 'other' : 'one'}`
            const { level, at } = levels.get(bucket) ?? { level: rule.burstMs, at: now }
            const present = Math.min(rule.burstMs, level + now - at)
            const expected = Math.max(0, costMs - present)
            expect(await store.budgets.take('tenant-a', bucket, { costMs, burstMs: rule.burstMs, now })).toBe(expected)
            levels.set(bucket, { level: expected === 0 ? present - costMs : present, at: now })
          }
        }),
        { numRuns: 25 },
      )
    })
  })
}
