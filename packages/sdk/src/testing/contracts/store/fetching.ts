import { expect } from 'vitest'
import type { OutboxRecord, OutboxSettlement, Store } from '../../../ports/index.ts'
import { createGate } from '../create-gate.ts'
import type { StoreSuite } from './harness.ts'
import { minute, newItem, newOutboxRecord, start } from './records.ts'

const at = ['tenant-a', 'connection-1'] as const

const take = { now: start, retryAt: start + minute, limit: 10 }

const fetched = (id: string): Extract<OutboxSettlement, { kind: 'fetched' }> => ({
  id,
  kind: 'fetched',
  sealedPayload: `EXAMPLE_sealed_${id}`,
  contentHash: `EXAMPLE_hash_${id}`,
  occurredAt: start - 7,
  origin: 'backfill',
})

const failed = (id: string, quarantine: boolean): OutboxSettlement => ({
  id,
  kind: 'failed',
  attempts: 4,
  nextAttemptAt: start + 9,
  quarantine,
})

const idsOf = (records: readonly OutboxRecord[]) => records.map(({ id }) => id)

export function describeFetching({ group, test, secure }: StoreSuite): void {
  group('outbox.takeToFetch', () => {
    test('gives due items oldest first, up to the limit, and no event that is complete', async ({ store, peer }) => {
      const ids = Array.from({ length: 60 }, (_, index) => `item-${(index * 37) % 60}`)
      await store.outbox.insert([
        newOutboxRecord(),
        ...ids.map((id) => newItem({ id })),
        newItem({ id: 'later', nextAttemptAt: start + 1 }),
      ])
      expect(idsOf(await store.outbox.takeToFetch(...at, { ...take, limit: 25 }))).toEqual(ids.slice(0, 25))
      expect(idsOf(await peer.outbox.takeToFetch(...at, { ...take, limit: 99 }))).toEqual(ids.slice(25))
      expect(await store.outbox.takeToFetch(...at, take)).toEqual([])
      expect(idsOf(await store.outbox.takeToFetch(...at, { ...take, now: start + 1 }))).toEqual(['later'])
    })

    test('keeps an item from being handed over until it was fetched', async ({ store }) => {
      await store.outbox.insert([newItem({ nextAttemptAt: start - 5 }), newOutboxRecord({ nextAttemptAt: start + 5 })])
      expect(idsOf(await store.outbox.listDue(...at, start + 9, 10))).toEqual(['event-1'])
      expect(await store.outbox.nextDueAt(...at)).toBe(start + 5)
      expect(await store.outbox.nextFetchAt(...at)).toBe(start - 5)
      expect(await store.outbox.complete(...at, 'item-1')).toBe(false)
      expect(await store.outbox.get(...at, 'item-1')).toEqual(newItem({ nextAttemptAt: start - 5 }))
    })

    test('counts the attempt before anything is fetched, and gives the item again when its taker dies', async ({ store, peer }) => {
      await store.outbox.insert([newItem({ attempts: 2 })])
      const taken = newItem({ attempts: 3, nextAttemptAt: take.retryAt })
      expect(await store.outbox.takeToFetch(...at, take)).toEqual([taken])
      expect(await peer.outbox.get(...at, 'item-1')).toEqual(taken)
      expect(await peer.outbox.nextFetchAt(...at)).toBe(take.retryAt)
      expect(await peer.outbox.takeToFetch(...at, { ...take, now: take.retryAt - 1 })).toEqual([])
      const again = await peer.outbox.takeToFetch(...at, { ...take, now: take.retryAt, retryAt: start + 3 * minute })
      expect(again).toEqual([newItem({ attempts: 4, nextAttemptAt: start + 3 * minute })])
    })

    secure('gives no item to two takers', async ({ store, peer }) => {
      const ids = Array.from({ length: 200 }, (_, index) => `item-${index}`)
      await store.outbox.insert(ids.map((id) => newItem({ id })))
      const drain = async (door: Store): Promise<string[]> => {
        const taken: string[] = []
        for (let empty = 0; empty < 3;) {
          const batch = idsOf(await door.outbox.takeToFetch(...at, { ...take, limit: 7 }))
          empty = batch.length === 0 ? empty + 1 : 0
          taken.push(...batch)
        }
        return taken
      }
      const taken = (await Promise.all(Array.from({ length: 6 }, (_, index) => drain(index % 2 === 0 ? store : peer)))).flat()
      expect(taken.toSorted()).toEqual(ids.toSorted())
    })

    test('says when the next item is due to be fetched', async ({ store }) => {
      expect(await store.outbox.nextFetchAt(...at)).toBeNull()
      await store.outbox.insert([newItem({ nextAttemptAt: start + 9 }), newItem({ id: 'item-2', nextAttemptAt: start + 4 })])
      expect(await store.outbox.nextFetchAt(...at)).toBe(start + 4)
      expect(await store.outbox.nextDueAt(...at)).toBeNull()
      await store.outbox.settle(...at, [failed('item-2', true)])
      expect(await store.outbox.nextFetchAt(...at)).toBe(start + 9)
    })
  })

  group('outbox.settle', () => {
    test('writes what became of each item, in its old place', async ({ store, peer, probe }) => {
      const ids = ['kept', 'fetched', 'dropped', 'failed', 'quarantined']
      await store.outbox.insert(ids.map((id) => newItem({ id, createdAt: start - 3 })))
      await store.outbox.insert([newOutboxRecord({ id: 'after' })])
      await store.outbox.takeToFetch(...at, take)
      await store.outbox.settle(...at, [])
      const settlements = [
        failed('quarantined', true),
        fetched('fetched'),
        failed('failed', false),
        { id: 'dropped', kind: 'dropped' },
      ] as const
      await store.outbox.settle(...at, [...settlements, fetched('unknown')])
      const item = { createdAt: start - 3 }
      expect(await peer.outbox.get(...at, 'kept')).toEqual(newItem({ ...item, id: 'kept', attempts: 1, nextAttemptAt: take.retryAt }))
      expect(await peer.outbox.get(...at, 'fetched')).toEqual(
        newItem({
          ...item,
          id: 'fetched',
          sealedPayload: 'EXAMPLE_sealed_fetched',
          contentHash: 'EXAMPLE_hash_fetched',
          occurredAt: start - 7,
          origin: 'backfill',
          toFetch: false,
          nextAttemptAt: start - 3,
        }),
      )
      const unread = { ...item, attempts: 4, nextAttemptAt: start + 9 }
      expect(await peer.outbox.get(...at, 'failed')).toEqual(newItem({ ...unread, id: 'failed' }))
      expect(await peer.outbox.get(...at, 'quarantined')).toEqual(newItem({ ...unread, id: 'quarantined', state: 'quarantined' }))
      expect(await probe.rows('outbox')).toHaveLength(5)
      expect(idsOf(await peer.outbox.listDue(...at, start, 10))).toEqual(['fetched', 'after'])
    })

    test('lets an item that was dropped be found again', async ({ store }) => {
      await store.outbox.insert([newItem()])
      await store.outbox.settle(...at, [{ id: 'item-1', kind: 'dropped' }])
      expect(await store.outbox.insert([newItem(), newItem()])).toBe(1)
      expect(idsOf(await store.outbox.takeToFetch(...at, take))).toEqual(['item-1'])
    })

    test('takes an event without content, and of two words on one item the last', async ({ store }) => {
      await store.outbox.insert([newItem()])
      await store.outbox.settle(...at, [
        { id: 'item-1', kind: 'dropped' },
        { ...fetched('item-1'), contentHash: null },
      ] as const)
      expect(await store.outbox.get(...at, 'item-1')).toMatchObject({ toFetch: false, contentHash: null })
    })

    secure('leaves alone what is not pending and to be fetched any more', async ({ store, peer }) => {
      const ids = ['fetched', 'done', 'quarantined']
      await store.outbox.insert(ids.map((id) => newItem({ id })))
      await store.outbox.settle(...at, [fetched('fetched'), fetched('done'), failed('quarantined', true)])
      await store.outbox.complete(...at, 'done')
      const before = await Promise.all(ids.map((id) => store.outbox.get(...at, id)))
      const late = [fetched('late'), failed('late', false), { id: 'late', kind: 'dropped' }] as const
      for (const settlement of late)
        await peer.outbox.settle(
          ...at,
          ids.map((id) => ({ ...settlement, id })),
        )
      expect(await Promise.all(ids.map((id) => store.outbox.get(...at, id)))).toEqual(before)
    })

    secure('does not overrule who settled first and has not committed yet', async ({ store, peer }) => {
      const ids = ['item-1', 'item-2', 'item-3']
      await store.outbox.insert(ids.map((id) => newItem({ id })))
      const written = createGate()
      const first = store.transaction(async ({ outbox }) => {
        await outbox.settle(...at, ids.map(fetched))
        written.open()
        await new Promise((resolve) => setTimeout(resolve, 200))
      })
      await written.opened
      const late = [
        { ...fetched('item-1'), sealedPayload: 'EXAMPLE_late' },
        failed('item-2', true),
        { id: 'item-3', kind: 'dropped' },
      ] as const
      await Promise.all([first, peer.outbox.settle(...at, late)])
      const events = await store.outbox.listDue(...at, start, 9)
      expect(events.map(({ sealedPayload }) => sealedPayload)).toEqual(ids.map((id) => `EXAMPLE_sealed_${id}`))
    })

    secure('takes the word of one of many that settle the same items at once', async ({ store, peer }) => {
      const ids = Array.from({ length: 40 }, (_, index) => `item-${index}`)
      await store.outbox.insert(ids.map((id) => newItem({ id })))
      const words = Array.from({ length: 10 }, (_, word) =>
        ids.map((id): OutboxSettlement => ({ ...fetched(id), sealedPayload: `EXAMPLE_word_${word}` })),
      )
      const settled = words.map((settlements, word) =>
        (word % 2 === 0 ? store : peer).outbox.settle(...at, word % 3 === 0 ? settlements : settlements.toReversed()),
      )
      await Promise.all(settled)
      const payloads = (await store.outbox.listDue(...at, start, 99)).map(({ sealedPayload }) => sealedPayload)
      expect(payloads).toHaveLength(40)
      expect(new Set(payloads).size).toBe(1)
    })
  })
}
