import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { StoreSuite } from './harness.ts'
import { minute, newConnection, newSubscription, start } from './records.ts'

export function describeSubscriptions({ group, test, secure }: StoreSuite): void {
  group('subscriptions', () => {
    test('gives back a subscription by its id alone', async ({ store, peer }) => {
      await store.subscriptions.put(newSubscription())
      expect(await peer.subscriptions.findById('channel-1')).toEqual(newSubscription())
      expect(await peer.subscriptions.findById('channel-2')).toBeNull()
    })

    test('gives those of many ids that exist, each once, of any tenant', async ({ store, peer }) => {
      const rows = [newSubscription(), newSubscription({ tenantId: 'tenant-b', id: 'channel-2', state: 'retired' })]
      for (const row of [...rows, newSubscription({ id: 'channel-3' })]) await store.subscriptions.put(row)
      const found = await peer.subscriptions.findByIds(['channel-2', 'channel-4', 'channel-1', 'channel-2'])
      expect(found.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual(rows)
      expect(await peer.subscriptions.findByIds(['channel-4'])).toEqual([])
      expect(await peer.subscriptions.findByIds([])).toEqual([])
      expect(await peer.subscriptions.findByIds(Array.from({ length: 2_000 }, (_, at) => `channel-${at}`))).toHaveLength(3)
    })

    test('replaces the whole row of the same id', async ({ store, probe }) => {
      await store.subscriptions.put(newSubscription())
      const active = newSubscription({
        state: 'active',
        tokenHash: null,
        resourceId: 'resource',
        expiresAt: start + 9,
        createdAt: start + 1,
      })
      await store.subscriptions.put(active)
      expect(await store.subscriptions.findById('channel-1')).toEqual(active)
      expect(await probe.rows('subscriptions')).toHaveLength(1)
    })

    secure('refuses an id that another tenant has', async ({ store, peer, probe }) => {
      await store.subscriptions.put(newSubscription())
      await expectFailure(peer.subscriptions.put(newSubscription({ tenantId: 'tenant-b' })), 'unavailable')
      expect(await store.subscriptions.findById('channel-1')).toEqual(newSubscription())
      expect(await probe.rows('subscriptions')).toHaveLength(1)
    })

    secure('gives an id to exactly one of several tenants in parallel', async ({ store, peer, probe }) => {
      const tenants = Array.from({ length: 10 }, (_, index) => `tenant-${index}`)
      const puts = tenants.map((tenantId, index) => (index % 2 === 0 ? store : peer).subscriptions.put(newSubscription({ tenantId })))
      const results = await Promise.allSettled(puts)
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await probe.rows('subscriptions')).toHaveLength(1)
    })

    test('lists the subscriptions of a connection newest first', async ({ store }) => {
      await store.subscriptions.put(newSubscription({ id: 'old', createdAt: start }))
      await store.subscriptions.put(newSubscription({ id: 'new', createdAt: start + 1 }))
      await store.subscriptions.put(newSubscription({ id: 'other', connectionId: 'connection-2' }))
      const listed = await store.subscriptions.list('tenant-a', 'connection-1')
      expect(listed.map(({ id }) => id)).toEqual(['new', 'old'])
    })

    test('lists the subscriptions of many connections, each once', async ({ store, peer }) => {
      await store.subscriptions.put(newSubscription({ id: 'old', createdAt: start }))
      await store.subscriptions.put(newSubscription({ id: 'new', createdAt: start + 2 }))
      await store.subscriptions.put(newSubscription({ id: 'second', connectionId: 'connection-2', createdAt: start + 1 }))
      await store.subscriptions.put(newSubscription({ id: 'third', connectionId: 'connection-3' }))
      await store.subscriptions.put(newSubscription({ tenantId: 'tenant-b', id: 'foreign', createdAt: start + 3 }))
      const ask = async (...asked: readonly (readonly [string, string])[]) =>
        peer.subscriptions.listMany(
          asked.map(([tenant, number]) => ({ tenantId: `tenant-${tenant}`, connectionId: `connection-${number}` })),
        )
      const listed = await ask(['a', '2'], ['a', '1'], ['a', '2'], ['a', '9'], ['b', '2'])
      expect(listed.map(({ id }) => id)).toEqual(['new', 'second', 'old'])
      expect(listed[2]).toEqual(newSubscription({ id: 'old', createdAt: start }))
      expect((await ask(['b', '1'], ['a', '2'])).map(({ id }) => id)).toEqual(['foreign', 'second'])
      expect(await ask()).toEqual([])
    })

    test('removes a subscription, twice without harm', async ({ store, probe }) => {
      await store.subscriptions.put(newSubscription())
      await store.subscriptions.remove('tenant-a', 'channel-1')
      await store.subscriptions.remove('tenant-a', 'channel-1')
      expect(await probe.rows('subscriptions')).toEqual([])
    })

    test('outlive their connection when they ended and can still post', async ({ store, find }) => {
      await store.connections.insert(newConnection())
      for (const state of ['pending', 'active', 'retiring', 'retired'] as const)
        await store.subscriptions.put(newSubscription({ id: state, state, expiresAt: start + minute }))
      await store.subscriptions.put(newSubscription({ id: 'watch', state: 'retired', tokenHash: null }))
      await store.connections.remove('tenant-a', 'connection-1')
      expect((await store.subscriptions.list('tenant-a', 'connection-1')).map(({ id }) => id)).toEqual(['retired', 'retiring'])
      expect(await store.subscriptions.findById('retired')).toEqual(
        newSubscription({ id: 'retired', state: 'retired', expiresAt: start + minute }),
      )
      expect(await find('subscriptions', 'watch')).toEqual([])
    })
  })

  group('subscriptions.listEnding', () => {
    test('gives active ones of any tenant that end before the time, the next to end first', async ({ store, peer }) => {
      const active = { state: 'active', expiresAt: start - 1 } as const
      const rows = [
        newSubscription({ id: 'second', ...active, expiresAt: start - 2 }),
        newSubscription({ id: 'third', tenantId: 'tenant-b', ...active }),
        newSubscription({ id: 'first', ...active, expiresAt: start - 3 }),
        newSubscription({ id: 'on-time', ...active, expiresAt: start }),
        newSubscription({ id: 'endless', ...active, expiresAt: null }),
        ...(['pending', 'retiring', 'retired'] as const).map((state) => newSubscription({ id: state, ...active, state })),
      ]
      for (const row of rows) await store.subscriptions.put(row)
      expect(await peer.subscriptions.listEnding(start, 10)).toEqual([])
      await store.connections.insert(newConnection())
      await store.connections.insert(newConnection({ tenantId: 'tenant-b', status: 'degraded' }))
      await store.connections.insert(newConnection({ id: 'connection-2', status: 'needs_reauth' }))
      await store.subscriptions.put(newSubscription({ id: 'waits', connectionId: 'connection-2', ...active }))
      expect(await peer.subscriptions.listEnding(start, 10)).toEqual([rows[2], rows[0], rows[1]])
      expect((await peer.subscriptions.listEnding(start, 2)).map(({ id }) => id)).toEqual(['first', 'second'])
      expect(await peer.subscriptions.listEnding(start - 3, 10)).toEqual([])
    })
  })

  group('subscriptions.removeEnded', () => {
    test('removes what ended and expired before the time, of any tenant, and nothing that lives', async ({ store, peer, probe }) => {
      const expired = { expiresAt: start - 1 }
      const rows = [
        newSubscription({ id: 'pending', state: 'pending', ...expired }),
        newSubscription({ id: 'active', state: 'active', ...expired }),
        newSubscription({ id: 'retiring', state: 'retiring', ...expired }),
        newSubscription({ id: 'retired', state: 'retired', ...expired }),
        newSubscription({ id: 'foreign', state: 'retired', tenantId: 'tenant-b', ...expired }),
        newSubscription({ id: 'on-time', state: 'retired', createdAt: start - minute, expiresAt: start }),
      ]
      for (const row of rows) await store.subscriptions.put(row)
      expect(await peer.subscriptions.removeEnded(start - 1, 10)).toBe(0)
      expect(await peer.subscriptions.removeEnded(start, 10)).toBe(3)
      for (const id of ['pending', 'active', 'on-time']) expect(await store.subscriptions.findById(id)).not.toBeNull()
      expect(await probe.rows('subscriptions')).toHaveLength(3)
    })

    test('counts from the creation where there is no expiry', async ({ store }) => {
      await store.subscriptions.put(newSubscription({ id: 'old', state: 'retired', createdAt: start - 1 }))
      await store.subscriptions.put(newSubscription({ id: 'young', state: 'retiring', createdAt: start }))
      expect(await store.subscriptions.removeEnded(start, 10)).toBe(1)
      expect(await store.subscriptions.findById('old')).toBeNull()
      expect(await store.subscriptions.findById('young')).not.toBeNull()
    })

    test('removes no more than it was told, the oldest first', async ({ store }) => {
      for (const age of [3, 1, 5, 2, 4])
        await store.subscriptions.put(
          newSubscription({
            id: `channel-${age}`,
            state: 'retired',
            ...(age % 2 === 0 ? { expiresAt: start - age } : { createdAt: start - age }),
          }),
        )
      expect(await store.subscriptions.removeEnded(start, 3)).toBe(3)
      const left = await store.subscriptions.list('tenant-a', 'connection-1')
      expect(left.map(({ id }) => id).toSorted()).toEqual(['channel-1', 'channel-2'])
      expect(await store.subscriptions.removeEnded(start, 3)).toBe(2)
      expect(await store.subscriptions.removeEnded(start, 3)).toBe(0)
    })

    secure('removes a row once when several sweep at once', async ({ store, peer, probe }) => {
      for (let index = 0; index < 40; index += 1)
        await store.subscriptions.put(newSubscription({ id: `channel-${index}`, state: 'retired', expiresAt: start - index }))
      const counts = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? store : peer).subscriptions.removeEnded(start + 1, 20))
      const removed = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
      expect(removed + (await probe.rows('subscriptions')).length).toBe(40)
      expect(removed).toBeGreaterThanOrEqual(20)
    })
  })
}
