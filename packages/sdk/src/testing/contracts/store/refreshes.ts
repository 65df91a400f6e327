import { expect } from 'vitest'
import type { Store } from '../../../ports/index.ts'
import type { StoreSuite } from './harness.ts'
import { minute, start } from './records.ts'

const note = (store: Store, tenantId: string, at: number, refused: boolean, vendor = 'google') =>
  store.refreshes.note({ tenantId, vendor, at, refused })

export function describeRefreshes({ group, test }: StoreSuite): void {
  group('refreshes', () => {
    test('sums answers over tenants and minutes, for one vendor', async ({ store, peer }) => {
      expect(await store.refreshes.tally('google', start)).toEqual({ asked: 0, refused: 0, tenantsAsked: 0, tenantsRefused: 0 })
      await note(store, 'tenant-a', start, false)
      await note(store, 'tenant-a', start + 1, true)
      await note(store, 'tenant-a', start + 3 * minute, true)
      await note(store, 'tenant-b', start + minute, false)
      await note(store, 'tenant-c', start + minute - 1, true)
      await note(store, 'tenant-c', start, true, 'microsoft')
      expect(await peer.refreshes.tally('google', start)).toEqual({ asked: 5, refused: 3, tenantsAsked: 3, tenantsRefused: 2 })
      expect(await peer.refreshes.tally('microsoft', start)).toEqual({ asked: 1, refused: 1, tenantsAsked: 1, tenantsRefused: 1 })
    })

    test('counts from the minute of the time on', async ({ store }) => {
      await note(store, 'tenant-a', start - 1, true)
      await note(store, 'tenant-a', start, false)
      await note(store, 'tenant-a', start + minute, true)
      expect(await store.refreshes.tally('google', start + minute - 1)).toEqual({
        asked: 2,
        refused: 1,
        tenantsAsked: 1,
        tenantsRefused: 1,
      })
      expect(await store.refreshes.tally('google', start + minute)).toEqual({ asked: 1, refused: 1, tenantsAsked: 1, tenantsRefused: 1 })
    })

    test('loses no answer when many come at once', async ({ store, peer }) => {
      const notes = Array.from({ length: 40 }, (_, index) =>
        note(index % 2 === 0 ? store : peer, 'tenant-a', start + index, index % 4 === 0),
      )
      await Promise.all(notes)
      expect(await store.refreshes.tally('google', start)).toEqual({ asked: 40, refused: 10, tenantsAsked: 1, tenantsRefused: 1 })
    })

    test('removes minutes that ended before a time, the oldest first, and no more than it was told', async ({ store, probe }) => {
      for (const [index, tenantId] of ['tenant-a', 'tenant-b', 'tenant-c'].entries())
        await note(store, tenantId, start + index * minute, true)
      expect(await store.refreshes.removeBefore(start + minute - 1, 10)).toBe(0)
      expect(await store.refreshes.removeBefore(start + 2 * minute, 1)).toBe(1)
      expect(await store.refreshes.tally('google', start)).toEqual({ asked: 2, refused: 2, tenantsAsked: 2, tenantsRefused: 2 })
      expect(await store.refreshes.removeBefore(start + 2 * minute, 10)).toBe(1)
      expect(await probe.rows('refreshes')).toHaveLength(1)
    })
  })
}
