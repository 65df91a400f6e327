import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { ItemRecord, ItemRepository } from '../../../ports/index.ts'
import type { StoreSuite } from './harness.ts'
import { newItemRecord } from './records.ts'

const at = ['tenant-a', 'connection-1'] as const

/** As many as one page of a provider's listing. */
const page = 2_500

const byId = (rows: readonly ItemRecord[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))

const read = async (items: ItemRepository, ids: readonly string[]) => byId(await items.get(...at, ids))

export function describeItems({ group, test, secure }: StoreSuite): void {
  group('items', () => {
    test('gives back items exactly as they were put, and only those that are known', async ({ store, peer }) => {
      const other = newItemRecord({ id: 'item-2', version: '', place: '', eventId: 'event-2', seenIn: 'listing-2' })
      const longest = newItemRecord({ id: 'i'.repeat(1500) })
      await store.items.put([])
      await store.items.put([newItemRecord(), other, longest])
      expect(await read(peer.items, ['item-2', 'nobody', 'item-1', longest.id])).toEqual(byId([newItemRecord(), other, longest]))
      expect(await peer.items.get(...at, ['nobody'])).toEqual([])
      expect(await peer.items.get(...at, [])).toEqual([])
      expect(await peer.items.get(...at, ['item-1', 'item-1'])).toEqual([newItemRecord()])
    })

    test('replaces everything but what the host was told', async ({ store, peer, probe }) => {
      await store.items.put([newItemRecord({ toldPlace: 'not for it to say' })])
      expect(await peer.items.get(...at, ['item-1'])).toEqual([newItemRecord()])
      await store.items.setTold(...at, 'item-1', 'place-1')
      const next = newItemRecord({ version: 'version-2', place: 'place-2', eventId: 'event-2', toldPlace: 'place-1', seenIn: 'listing-2' })
      const written: ItemRecord = { ...next, toldPlace: null }
      await peer.items.put([written])
      expect(await store.items.get(...at, ['item-1'])).toEqual([next])
      expect(await probe.rows('items')).toHaveLength(1)
    })

    test('notes what the host was told of one item, and of none that is not there', async ({ store, peer, probe }) => {
      await store.items.put([newItemRecord(), newItemRecord({ id: 'item-2' })])
      await peer.items.setTold(...at, 'item-1', 'place-1')
      await peer.items.setTold(...at, 'item-1', 'place-2')
      await peer.items.setTold(...at, 'item-3', 'place-3')
      expect(await read(store.items, ['item-1', 'item-2'])).toEqual([
        newItemRecord({ toldPlace: 'place-2' }),
        newItemRecord({ id: 'item-2' }),
      ])
      expect(await probe.rows('items')).toHaveLength(2)
    })

    test('takes and gives a whole page of the longest ids', async ({ store, peer, probe }) => {
      const rows = Array.from({ length: page }, (_, index) => newItemRecord({ id: `${index}-`.padEnd(1500, 'x') }))
      const ids = rows.map(({ id }) => id)
      await store.transaction(async ({ items }) => {
        await items.put(rows)
        await items.put(rows.map((row) => ({ ...row, version: 'version-2', seenIn: 'listing-2' })))
      })
      expect(await probe.rows('items')).toHaveLength(page)
      const stored = await peer.items.get(...at, ids)
      expect(stored).toHaveLength(page)
      expect(stored.every(({ version, seenIn }) => version === 'version-2' && seenIn === 'listing-2')).toBe(true)
    })

    test('refuses a list that names an item twice, and writes nothing of it', async ({ store, probe }) => {
      const twice = [newItemRecord({ id: 'other' }), newItemRecord(), newItemRecord({ version: 'version-2' })]
      await expectFailure(store.items.put(twice), 'unavailable')
      expect(await probe.rows('items')).toEqual([])
    })

    test('copies what comes in', async ({ store }) => {
      const row = { ...newItemRecord() }
      await store.items.put([row])
      row.version = 'changed'
      expect(await store.items.get(...at, ['item-1'])).toEqual([newItemRecord()])
    })

    test('lets many put the same items at once in any order', async ({ store, peer, probe }) => {
      const rows = Array.from({ length: 300 }, (_, index) => newItemRecord({ id: `item-${index}` }))
      const puts = Array.from({ length: 12 }, (_, index) =>
        (index % 2 === 0 ? store : peer).items.put(index % 3 === 0 ? rows : rows.toReversed()),
      )
      await Promise.all(puts)
      expect(await probe.rows('items')).toHaveLength(300)
    })

    test('keeps what the host is told while a listing writes', async ({ store, peer }) => {
      const ids = Array.from({ length: 20 }, (_, index) => `item-${index}`)
      const listed = (version: string) => ids.map((id) => newItemRecord({ id, version }))
      await store.items.put(listed('version-1'))
      await Promise.all([
        ...ids.map((id) => peer.items.setTold(...at, id, 'place-1')),
        ...['version-2', 'version-3', 'version-4'].map((version) => store.items.put(listed(version))),
      ])
      const stored = await store.items.get(...at, ids)
      expect(stored.map(({ toldPlace, version }) => [toldPlace, version])).toEqual(ids.map(() => ['place-1', stored[0]?.version]))
    })

    test('keeps what a failed transaction would have changed', async ({ store, probe }) => {
      await store.items.put([newItemRecord(), newItemRecord({ id: 'item-2' })])
      const failing = store.transaction(async ({ items }) => {
        await items.put([newItemRecord({ version: 'version-2' }), newItemRecord({ id: 'item-3' })])
        await items.setTold(...at, 'item-1', 'place-1')
        await items.remove(...at, 'item-2', 'event-1')
        expect((await read(items, ['item-1', 'item-2', 'item-3'])).map(({ id, version }) => [id, version])).toEqual([
          ['item-1', 'version-2'],
          ['item-3', 'version-1'],
        ])
        await items.removeForConnection(...at)
        expect(await items.listUnseen(...at, 'none', 9)).toEqual([])
        throw new Error('boom')
      })
      await expect(failing).rejects.toThrow('boom')
      expect(await read(store.items, ['item-1', 'item-2'])).toEqual([newItemRecord(), newItemRecord({ id: 'item-2' })])
      expect(await probe.rows('items')).toHaveLength(2)
    })

    test('removes an item as long as the event still carries its last version', async ({ store, peer }) => {
      await store.items.put([newItemRecord({ eventId: 'event-2' })])
      await peer.items.remove(...at, 'item-1', 'event-1')
      expect(await store.items.get(...at, ['item-1'])).toEqual([newItemRecord({ eventId: 'event-2' })])
      await peer.items.remove(...at, 'item-1', 'event-2')
      expect(await store.items.get(...at, ['item-1'])).toEqual([])
    })

    test('removes an item, twice without harm', async ({ store, probe }) => {
      await store.items.put([newItemRecord(), newItemRecord({ id: 'item-2' }), newItemRecord({ connectionId: 'connection-2' })])
      await store.items.remove(...at, 'item-1', 'event-1')
      await store.items.remove(...at, 'item-1', 'event-1')
      expect(await store.items.get(...at, ['item-1', 'item-2'])).toEqual([newItemRecord({ id: 'item-2' })])
      expect(await probe.rows('items')).toHaveLength(2)
    })

    secure('keeps the same ids of other connections and tenants apart', async ({ store, peer }) => {
      const others = [
        newItemRecord({ connectionId: 'connection-2', seenIn: 'old' }),
        newItemRecord({ tenantId: 'tenant-b', seenIn: 'old' }),
      ]
      await store.items.put([...others, newItemRecord()])
      await store.items.put([newItemRecord({ version: 'version-2' })])
      expect(await peer.items.listUnseen(...at, 'listing-1', 9)).toEqual([])
      await peer.items.removeForConnection(...at)
      await peer.items.removeForConnection(...at)
      expect(await store.items.get(...at, ['item-1'])).toEqual([])
      for (const other of others) expect(await store.items.get(other.tenantId, other.connectionId, ['item-1'])).toEqual([other])
    })
  })

  group('items.listUnseen', () => {
    test('lists what other listings saw, before and after this one, by id', async ({ store, peer }) => {
      const ids = ['b', 'B', 'a_1', 'a-1', '_', 'c']
      await store.items.put(ids.map((id, index) => newItemRecord({ id, seenIn: ['listing-1', 'listing-3', 'Listing-2'][index % 3] ?? '' })))
      await store.items.put([newItemRecord({ id: 'seen', seenIn: 'listing-2' })])
      const unseen = await peer.items.listUnseen(...at, 'listing-2', 99)
      expect(unseen.map(({ id }) => id)).toEqual(['B', '_', 'a-1', 'a_1', 'b', 'c'])
      expect(unseen[0]).toEqual(newItemRecord({ id: 'B', seenIn: 'listing-3' }))
      expect(await peer.items.listUnseen('tenant-b', 'connection-1', 'listing-2', 99)).toEqual([])
    })

    test('lists no more than it was told, and goes on when those are seen or gone', async ({ store }) => {
      const ids = Array.from({ length: 7 }, (_, index) => `item-${index}`)
      await store.items.put(ids.map((id) => newItemRecord({ id })))
      const piece = async () => (await store.items.listUnseen(...at, 'listing-2', 3)).map(({ id }) => id)
      expect(await piece()).toEqual(ids.slice(0, 3))
      await store.items.put(ids.slice(0, 2).map((id) => newItemRecord({ id, seenIn: 'listing-2' })))
      await store.items.remove(...at, 'item-2', 'event-1')
      expect(await piece()).toEqual(ids.slice(3, 6))
      await store.items.put(ids.slice(3).map((id) => newItemRecord({ id, seenIn: 'listing-2' })))
      expect(await piece()).toEqual([])
    })
  })
}
