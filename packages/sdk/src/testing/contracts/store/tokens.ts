import { expect } from 'vitest'
import type { StoreSuite } from './harness.ts'
import { minute, newToken, start } from './records.ts'

const lease = { version: 1, owner: 'worker-1', now: start, leaseMs: minute / 2 }

const second = newToken({ version: 2, sealedAccess: 'EXAMPLE_sealed_access_2', sealedRefresh: 'EXAMPLE_sealed_refresh_2' })

export function describeTokens({ group, test, secure }: StoreSuite): void {
  group('tokens', () => {
    test('gives back a grant exactly as it was put', async ({ store, peer }) => {
      const token = newToken({ sealedAccess: null, refreshExpiresAt: start + 7 })
      expect(await store.tokens.put(token)).toBe(true)
      expect(await peer.tokens.get('tenant-a', 'connection-1')).toEqual(token)
      expect(await peer.tokens.get('tenant-a', 'connection-2')).toBeNull()
    })

    test('says of many when the provider ends them, where it does', async ({ store, peer }) => {
      await store.tokens.put(newToken({ refreshExpiresAt: start + 7 }))
      await store.tokens.put(newToken({ connectionId: 'connection-2', refreshExpiresAt: null }))
      await store.tokens.put(newToken({ connectionId: 'connection-3', refreshExpiresAt: start + 3 }))
      await store.tokens.put(newToken({ connectionId: 'connection-4', refreshExpiresAt: start + 4 }))
      const asked = ['connection-1', 'connection-2', 'connection-3', 'connection-1', 'connection-9']
      expect((await peer.tokens.listEnds('tenant-a', asked)).toSorted((a, b) => b.endsAt - a.endsAt)).toEqual([
        { connectionId: 'connection-1', endsAt: start + 7 },
        { connectionId: 'connection-3', endsAt: start + 3 },
      ])
      expect(await peer.tokens.listEnds('tenant-a', [])).toEqual([])
    })

    test('replaces an earlier grant only with a larger version', async ({ store }) => {
      await store.tokens.put(second)
      expect(await store.tokens.put(newToken())).toBe(false)
      expect(await store.tokens.put({ ...second, sealedAccess: 'EXAMPLE_same_version' })).toBe(false)
      expect(await store.tokens.get('tenant-a', 'connection-1')).toEqual(second)
      expect(await store.tokens.put(newToken({ version: 3 }))).toBe(true)
      expect((await store.tokens.get('tenant-a', 'connection-1'))?.version).toBe(3)
    })

    secure('gives the right to refresh to exactly one of many parallel callers', async ({ store, peer }) => {
      await store.tokens.put(newToken())
      const callers = Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? store : peer).tokens.acquireLease('tenant-a', 'connection-1', { ...lease, owner: `worker-${index}` }),
      )
      expect((await Promise.all(callers)).filter((result) => result !== null)).toHaveLength(1)
    })

    test('gives the right to refresh only for the stored version', async ({ store }) => {
      expect(await store.tokens.acquireLease('tenant-a', 'connection-1', lease)).toBeNull()
      await store.tokens.put(second)
      expect(await store.tokens.acquireLease('tenant-a', 'connection-1', lease)).toBeNull()
      expect(await store.tokens.acquireLease('tenant-a', 'connection-1', { ...lease, version: 2 })).not.toBeNull()
    })

    test('holds a lease until it runs out, also against its own owner', async ({ store, peer }) => {
      await store.tokens.put(newToken())
      const first = await store.tokens.acquireLease('tenant-a', 'connection-1', lease)
      const again = (now: number) => peer.tokens.acquireLease('tenant-a', 'connection-1', { ...lease, now })
      expect(await again(start + lease.leaseMs - 1)).toBeNull()
      const next = await again(start + lease.leaseMs)
      expect(next).not.toBeNull()
      expect(next?.fence).not.toBe(first?.fence)
    })

    test('commits on version and fence, and frees the lease', async ({ store, peer, find }) => {
      await store.tokens.put(newToken())
      const held = await store.tokens.acquireLease('tenant-a', 'connection-1', lease)
      const fence = held?.fence ?? -1
      expect(await store.tokens.commit(second, { version: 1, fence })).toBe(true)
      expect(await peer.tokens.get('tenant-a', 'connection-1')).toEqual(second)
      expect(await find('tokens', 'EXAMPLE_sealed_refresh_1')).toEqual([])
      expect(await peer.tokens.acquireLease('tenant-a', 'connection-1', { ...lease, version: 2 })).not.toBeNull()
    })

    test('commits after the lease ran out when nobody took it since', async ({ store }) => {
      await store.tokens.put(newToken())
      const held = await store.tokens.acquireLease('tenant-a', 'connection-1', { ...lease, leaseMs: 0 })
      expect(await store.tokens.commit(second, { version: 1, fence: held?.fence ?? -1 })).toBe(true)
    })

    secure('refuses the commit of a stale fence', async ({ store, peer }) => {
      await store.tokens.put(newToken())
      const stale = await store.tokens.acquireLease('tenant-a', 'connection-1', lease)
      const later = { ...lease, owner: 'worker-2', now: start + minute }
      const fresh = await peer.tokens.acquireLease('tenant-a', 'connection-1', later)
      expect(await store.tokens.commit(second, { version: 1, fence: stale?.fence ?? -1 })).toBe(false)
      expect(await store.tokens.get('tenant-a', 'connection-1')).toEqual(newToken())
      expect(await peer.tokens.commit(second, { version: 1, fence: fresh?.fence ?? -1 })).toBe(true)
    })

    secure('refuses a commit without a lease, with another version, after a release and after a new grant', async ({ store }) => {
      await store.tokens.put(newToken())
      expect(await store.tokens.commit(second, { version: 1, fence: 0 })).toBe(false)
      const released = (await store.tokens.acquireLease('tenant-a', 'connection-1', lease))?.fence ?? -1
      expect(await store.tokens.commit(second, { version: 2, fence: released })).toBe(false)
      await store.tokens.releaseLease('tenant-a', 'connection-1', { fence: released, settled: true })
      expect(await store.tokens.commit(second, { version: 1, fence: released })).toBe(false)
      const overtaken = (await store.tokens.acquireLease('tenant-a', 'connection-1', lease))?.fence ?? -1
      await store.tokens.put(second)
      expect(await store.tokens.commit(newToken({ version: 3 }), { version: 1, fence: overtaken })).toBe(false)
      expect(await store.tokens.commit(newToken({ version: 3 }), { version: 2, fence: overtaken })).toBe(false)
      expect(await store.tokens.get('tenant-a', 'connection-1')).toEqual(second)
    })

    secure('never gives a fence of an earlier life again', async ({ store }) => {
      await store.tokens.put(newToken())
      const stale = (await store.tokens.acquireLease('tenant-a', 'connection-1', lease))?.fence ?? -1
      await store.tokens.remove('tenant-a', 'connection-1')
      expect(await store.tokens.get('tenant-a', 'connection-1')).toBeNull()
      await store.tokens.put(newToken())
      await store.tokens.acquireLease('tenant-a', 'connection-1', lease)
      expect(await store.tokens.commit(second, { version: 1, fence: stale })).toBe(false)
    })

    secure('lets only the holder release a lease', async ({ store, peer }) => {
      await store.tokens.put(newToken())
      const stale = (await store.tokens.acquireLease('tenant-a', 'connection-1', lease))?.fence ?? -1
      const held = { ...lease, owner: 'worker-2', now: start + minute }
      const fence = (await peer.tokens.acquireLease('tenant-a', 'connection-1', held))?.fence ?? -1
      await store.tokens.releaseLease('tenant-a', 'connection-1', { fence: stale, settled: true })
      expect(await store.tokens.acquireLease('tenant-a', 'connection-1', held)).toBeNull()
      await peer.tokens.releaseLease('tenant-a', 'connection-1', { fence: fence, settled: true })
      expect(await store.tokens.acquireLease('tenant-a', 'connection-1', held)).not.toBeNull()
    })

    test('clears the lease with a new grant', async ({ store }) => {
      await store.tokens.put(newToken())
      await store.tokens.acquireLease('tenant-a', 'connection-1', lease)
      await store.tokens.put(second)
      expect(await store.tokens.acquireLease('tenant-a', 'connection-1', { ...lease, version: 2 })).not.toBeNull()
    })
  })
}
