import { expect } from 'vitest'
import type { StoreSuite } from './harness.ts'
import { minute, newItem, newOutboxRecord, start } from './records.ts'

const at = ['tenant-a', 'connection-1'] as const

const setAside = { attempts: 5, nextAttemptAt: start + 9 * minute, quarantine: true }

export function describeOutboxUpkeep({ group, test, secure }: StoreSuite): void {
  group('outbox.countMany', () => {
    test('counts by state', async ({ store, peer }) => {
      const places = ['connection-1', 'connection-2', 'connection-3']
      for (const connectionId of places) await store.outbox.insert(['a', 'b', 'c'].map((id) => newOutboxRecord({ connectionId, id })))
      for (const id of ['a', 'b']) await store.outbox.fail('tenant-a', 'connection-1', id, setAside)
      await store.outbox.fail('tenant-a', 'connection-3', 'c', setAside)
      const count = async (asked: readonly string[], state: 'pending' | 'done' | 'quarantined') =>
        (await peer.outbox.countMany('tenant-a', asked, state)).toSorted((a, b) => (a.connectionId < b.connectionId ? -1 : 1))
      expect(await count(['connection-2', 'connection-1', 'connection-1', 'connection-9'], 'quarantined')).toEqual([
        { connectionId: 'connection-1', count: 2 },
      ])
      expect(await count(places, 'pending')).toEqual([
        { connectionId: 'connection-1', count: 1 },
        { connectionId: 'connection-2', count: 3 },
        { connectionId: 'connection-3', count: 2 },
      ])
      expect(await count(places, 'done')).toEqual([])
      expect(await count([], 'pending')).toEqual([])
    })
  })

  group('outbox.redrive', () => {
    test('takes events and items of one connection out of quarantine, due now and in their old place', async ({ store, peer }) => {
      await store.outbox.insert([newOutboxRecord(), newItem(), newOutboxRecord({ id: 'event-2' }), newOutboxRecord({ id: 'waiting' })])
      await store.outbox.insert([newOutboxRecord({ connectionId: 'connection-2' })])
      for (const id of ['event-1', 'event-2']) await store.outbox.fail(...at, id, setAside)
      await store.outbox.settle(...at, [{ id: 'item-1', kind: 'failed', ...setAside }])
      await store.outbox.fail('tenant-a', 'connection-2', 'event-1', setAside)
      await store.outbox.fail(...at, 'waiting', { attempts: 2, nextAttemptAt: start + minute, quarantine: false })
      expect(await peer.outbox.redrive(...at, start + 3)).toBe(3)
      expect(await store.outbox.listDue(...at, start + 3, 9)).toEqual(
        ['event-1', 'event-2'].map((id) => newOutboxRecord({ id, nextAttemptAt: start + 3 })),
      )
      expect(await store.outbox.takeToFetch(...at, { now: start + 3, retryAt: start + 4, limit: 9 })).toEqual([
        newItem({ attempts: 1, nextAttemptAt: start + 4 }),
      ])
      expect(await store.outbox.get(...at, 'waiting')).toMatchObject({ attempts: 2, nextAttemptAt: start + minute })
      expect(await store.outbox.count('tenant-a', 'connection-2', 'quarantined')).toBe(1)
      expect(await store.outbox.redrive(...at, start + 9)).toBe(0)
    })

    test('counts each event for one of several that redrive at once', async ({ store, peer }) => {
      await store.outbox.insert(Array.from({ length: 20 }, (_, index) => newOutboxRecord({ id: `event-${index}`, state: 'quarantined' })))
      const counts = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? store : peer).outbox.redrive(...at, start))
      expect((await Promise.all(counts)).reduce((sum, count) => sum + count, 0)).toBe(20)
    })
  })

  group('outbox.removeDone', () => {
    test('forgets events of any tenant that were done before the time, and nothing that is not done', async ({ store, probe }) => {
      await store.outbox.insert([
        newOutboxRecord({ id: 'old' }),
        newOutboxRecord({ id: 'young' }),
        newOutboxRecord({ id: 'pending' }),
        newOutboxRecord({ id: 'quarantined' }),
        newItem(),
        newOutboxRecord({ tenantId: 'tenant-b', id: 'old' }),
      ])
      // As a delivery does: the next attempt is counted and set before the event is handed over.
      await store.outbox.fail(...at, 'young', { attempts: 1, nextAttemptAt: start + minute, quarantine: false })
      await store.outbox.fail(...at, 'quarantined', { ...setAside, nextAttemptAt: start })
      for (const id of ['old', 'young']) await store.outbox.complete(...at, id)
      await store.outbox.complete('tenant-b', 'connection-1', 'old')
      expect(await store.outbox.removeDone(start, 10)).toBe(0)
      expect(await store.outbox.removeDone(start + minute, 10)).toBe(2)
      expect(await store.outbox.get(...at, 'young')).toMatchObject({ state: 'done' })
      expect(await probe.rows('outbox')).toHaveLength(4)
      expect(await store.outbox.removeDone(start + minute + 1, 10)).toBe(1)
    })

    test('removes no more than it was told, the oldest first', async ({ store }) => {
      const ids = Array.from({ length: 5 }, (_, index) => `event-${index}`)
      await store.outbox.insert(ids.map((id, index) => newOutboxRecord({ id, nextAttemptAt: start - index })))
      for (const id of ids) await store.outbox.complete(...at, id)
      expect(await store.outbox.removeDone(start + 1, 3)).toBe(3)
      expect(await store.outbox.get(...at, 'event-0')).not.toBeNull()
      expect(await store.outbox.get(...at, 'event-1')).not.toBeNull()
      expect(await store.outbox.removeDone(start + 1, 3)).toBe(2)
    })

    secure('removes an event once when several sweep at once', async ({ store, peer, probe }) => {
      const ids = Array.from({ length: 60 }, (_, index) => `event-${index}`)
      await store.outbox.insert(ids.map((id) => newOutboxRecord({ id, state: 'done' })))
      const counts = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? store : peer).outbox.removeDone(start + 1, 20))
      const removed = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
      expect(removed + (await probe.rows('outbox')).length).toBe(60)
      expect(removed).toBeGreaterThanOrEqual(20)
    })
  })
}
