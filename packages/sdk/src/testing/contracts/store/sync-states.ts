import { expect } from 'vitest'
import type { StoreSuite } from './harness.ts'
import { minute, start } from './records.ts'

const at = ['tenant-a', 'connection-1'] as const

const lease = { owner: 'worker-1', now: start, leaseMs: minute }

export function describeSyncStates({ group, test, secure }: StoreSuite): void {
  group('sync states', () => {
    test('creates the row with the first cursor and with the first request', async ({ store, peer }) => {
      expect(await store.syncStates.get(...at)).toBeNull()
      await store.syncStates.setCursor(...at, '9007199254740993')
      expect(await peer.syncStates.get(...at)).toEqual({
        tenantId: at[0],
        connectionId: at[1],
        cursor: '9007199254740993',
        run: null,
        requested: 0,
        processed: 0,
      })
      await store.syncStates.request('tenant-a', 'connection-2')
      expect(await peer.syncStates.get('tenant-a', 'connection-2')).toMatchObject({ cursor: null, requested: 1, processed: 0 })
    })

    test('keeps requests when the cursor is set and the cursor when a sync is requested', async ({ store }) => {
      await store.syncStates.request(...at)
      await store.syncStates.setCursor(...at, 'one')
      await store.syncStates.request(...at)
      expect(await store.syncStates.get(...at)).toMatchObject({ cursor: 'one', requested: 2, processed: 0 })
      await store.syncStates.setCursor(...at, null)
      expect(await store.syncStates.get(...at)).toMatchObject({ cursor: null, requested: 2 })
    })

    test('counts every one of many parallel requests', async ({ store, peer }) => {
      await Promise.all(Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? store : peer).syncStates.request(...at)))
      expect(await store.syncStates.get(...at)).toMatchObject({ requested: 60, processed: 0 })
    })

    test('lets one of many parallel workers in', async ({ store, peer }) => {
      expect(await store.syncStates.acquire(...at, lease)).toBeNull()
      await store.syncStates.request(...at)
      const workers = Array.from({ length: 30 }, (_, index) =>
        (index % 2 === 0 ? store : peer).syncStates.acquire(...at, { ...lease, owner: `worker-${index}` }),
      )
      const leases = (await Promise.all(workers)).filter((result) => result !== null)
      expect(leases).toHaveLength(1)
      expect(leases[0]?.state).toMatchObject({ cursor: null, requested: 1, processed: 0 })
    })

    test('lets the next worker in when the lease has run out', async ({ store, peer }) => {
      await store.syncStates.request(...at)
      await store.syncStates.acquire(...at, lease)
      expect(await peer.syncStates.acquire(...at, { ...lease, now: start + minute - 1 })).toBeNull()
      expect(await peer.syncStates.acquire(...at, { ...lease, now: start + minute })).not.toBeNull()
    })

    test('moves the cursor and prolongs the lease while the fence holds', async ({ store, peer }) => {
      await store.syncStates.request(...at)
      const fence = (await store.syncStates.acquire(...at, lease))?.fence ?? -1
      expect(await store.syncStates.advance(...at, { fence, cursor: 'two', now: start + 3 * minute, leaseMs: 0 })).toBe(true)
      expect((await peer.syncStates.get(...at))?.cursor).toBe('two')
      expect(await peer.syncStates.acquire(...at, { ...lease, now: start + 2 * minute })).toBeNull()
      expect(await peer.syncStates.acquire(...at, { ...lease, now: start + 3 * minute })).not.toBeNull()
    })

    test('moves cursor and run as far as they are given', async ({ store, peer }) => {
      await store.syncStates.request(...at)
      const held = await store.syncStates.acquire(...at, lease)
      expect(held?.state).toMatchObject({ cursor: null, run: null })
      const advance = (input: { readonly cursor?: string; readonly run?: string | null }) =>
        store.syncStates.advance(...at, { fence: held?.fence ?? -1, ...input, now: start + minute, leaseMs: 0 })
      const state = async () => {
        const stored = await peer.syncStates.get(...at)
        return [stored?.cursor, stored?.run]
      }
      expect(await advance({ run: '{"page":1}' })).toBe(true)
      expect(await state()).toEqual([null, '{"page":1}'])
      expect(await advance({ cursor: 'one' })).toBe(true)
      expect(await state()).toEqual(['one', '{"page":1}'])
      expect(await advance({})).toBe(true)
      expect(await state()).toEqual(['one', '{"page":1}'])
      expect(await advance({ cursor: 'two', run: null })).toBe(true)
      expect(await state()).toEqual(['two', null])
    })

    test('keeps an unfinished run over release, request and the next worker, and ends it with a first cursor', async ({ store, peer }) => {
      await store.syncStates.request(...at)
      const fence = (await store.syncStates.acquire(...at, lease))?.fence ?? -1
      await store.syncStates.advance(...at, { fence, run: 'halfway', now: start + minute, leaseMs: 0 })
      expect(await store.syncStates.release(...at, { fence, processed: 1 })).toMatchObject({ cursor: null, run: 'halfway' })
      await store.syncStates.request(...at)
      expect((await peer.syncStates.acquire(...at, lease))?.state).toMatchObject({ cursor: null, run: 'halfway' })
      await peer.syncStates.setCursor(...at, 'new')
      expect(await store.syncStates.get(...at)).toMatchObject({ cursor: 'new', run: null, requested: 2 })
    })

    secure('refuses a stale fence: no cursor, no release, no lost request', async ({ store, peer }) => {
      await store.syncStates.request(...at)
      const stale = (await store.syncStates.acquire(...at, lease))?.fence ?? -1
      const fresh = (await peer.syncStates.acquire(...at, { ...lease, now: start + minute }))?.fence ?? -1
      expect(
        await store.syncStates.advance(...at, { fence: stale, cursor: 'stale', run: 'stale', now: start + 9 * minute, leaseMs: 0 }),
      ).toBe(false)
      expect(await store.syncStates.release(...at, { fence: stale, processed: 1 })).toBeNull()
      expect(await peer.syncStates.get(...at)).toMatchObject({ cursor: null, run: null, requested: 1, processed: 0 })
      expect(await peer.syncStates.advance(...at, { fence: fresh, cursor: 'fresh', now: start + 3 * minute, leaseMs: 0 })).toBe(true)
    })

    test('frees the lease and marks requests as done', async ({ store, peer }) => {
      await store.syncStates.request(...at)
      await store.syncStates.request(...at)
      const fence = (await store.syncStates.acquire(...at, lease))?.fence ?? -1
      await peer.syncStates.request(...at)
      expect(await store.syncStates.release(...at, { fence, processed: 2 })).toMatchObject({ requested: 3, processed: 2 })
      expect(await store.syncStates.release(...at, { fence, processed: 3 })).toBeNull()
      expect(await store.syncStates.advance(...at, { fence, cursor: 'late', now: start, leaseMs: 0 })).toBe(false)
      expect(await peer.syncStates.acquire(...at, lease)).not.toBeNull()
    })

    test('never counts a request as done that was not made, and never takes a done one back', async ({ store }) => {
      await store.syncStates.request(...at)
      const first = (await store.syncStates.acquire(...at, lease))?.fence ?? -1
      expect(await store.syncStates.release(...at, { fence: first, processed: 7 })).toMatchObject({ requested: 1, processed: 1 })
      await store.syncStates.request(...at)
      const next = (await store.syncStates.acquire(...at, lease))?.fence ?? -1
      expect(await store.syncStates.release(...at, { fence: next, processed: 0 })).toMatchObject({ requested: 2, processed: 1 })
    })

    secure('refuses a fence of an earlier life', async ({ store, probe }) => {
      await store.syncStates.request(...at)
      const stale = (await store.syncStates.acquire(...at, lease))?.fence ?? -1
      await store.syncStates.remove(...at)
      expect(await probe.rows('syncStates')).toEqual([])
      await store.syncStates.request(...at)
      await store.syncStates.acquire(...at, lease)
      expect(await store.syncStates.advance(...at, { fence: stale, cursor: 'stale', now: start, leaseMs: 0 })).toBe(false)
    })
  })
}
