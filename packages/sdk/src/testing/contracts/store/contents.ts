import { expect } from 'vitest'
import { createGate } from '../create-gate.ts'
import type { StoreSuite } from './harness.ts'
import { minute, newContent, newItem, newOutboxRecord, start } from './records.ts'

const at = ['tenant-a', 'connection-1'] as const

const large = 20 * 1024 * 1024

export function describeContents({ group, test, secure }: StoreSuite): void {
  group('contents', () => {
    test('gives back bytes exactly as they were put, all values of a byte and none at all', async ({ store, peer }) => {
      const all = newContent({ sealed: Uint8Array.from({ length: 1024 }, (_, index) => index % 256), size: 1000 })
      const none = newContent({ hash: 'EXAMPLE_hash_none', sealed: new Uint8Array(), size: 0 })
      await store.contents.put([])
      await store.contents.put([all, none])
      expect(await peer.contents.get('tenant-a', all.hash)).toEqual(all)
      expect(await peer.contents.get('tenant-a', none.hash)).toEqual(none)
      expect(await peer.contents.get('tenant-a', 'EXAMPLE_hash_other')).toBeNull()
    })

    test('takes a view into a larger piece of memory as what it shows', async ({ store }) => {
      const memory = Uint8Array.from({ length: 64 }, (_, index) => index)
      await store.contents.put([newContent({ sealed: memory.subarray(10, 14) })])
      expect((await store.contents.get('tenant-a', 'EXAMPLE_hash_a'))?.sealed).toEqual(new Uint8Array([10, 11, 12, 13]))
    })

    test('keeps several large messages in one call', async ({ store, peer }) => {
      const seeds = [1, 2]
      const bytes = seeds.map(mixedBytes)
      const records = bytes.map((sealed, index) => newContent({ hash: `EXAMPLE_hash_${index}`, sealed, size: large }))
      await store.transaction((transaction) => transaction.contents.put([newContent(), ...records]))
      for (const [index, sealed] of bytes.entries()) {
        const stored = await peer.contents.get('tenant-a', `EXAMPLE_hash_${index}`)
        expect(stored?.size).toBe(large)
        expect(stored?.sealed).toHaveLength(large)
        expect(stored?.sealed.every((byte, place) => byte === sealed[place])).toBe(true)
      }
      expect(await store.contents.get('tenant-a', 'EXAMPLE_hash_a')).toEqual(newContent())
    })

    test('keeps what is there already, and holds it for young again', async ({ store, peer, probe }) => {
      const other = new Uint8Array([9])
      await store.contents.put([newContent(), newContent({ sealed: other })])
      await peer.contents.put([newContent({ sealed: other, size: 1, createdAt: start + 5 })])
      expect(await store.contents.get('tenant-a', 'EXAMPLE_hash_a')).toEqual(newContent({ createdAt: start + 5 }))
      await store.contents.put([newContent({ createdAt: start - 5 })])
      expect((await store.contents.get('tenant-a', 'EXAMPLE_hash_a'))?.createdAt).toBe(start + 5)
      expect(await probe.rows('contents')).toHaveLength(1)
    })

    secure('keeps equal bytes of two tenants apart', async ({ store, probe }) => {
      const foreign = newContent({ tenantId: 'tenant-b', sealed: new Uint8Array([7]) })
      await store.contents.put([newContent(), foreign])
      expect(await store.contents.get('tenant-a', 'EXAMPLE_hash_a')).toEqual(newContent())
      expect(await store.contents.get('tenant-b', 'EXAMPLE_hash_a')).toEqual(foreign)
      expect(await probe.rows('contents')).toHaveLength(2)
    })

    test('lets many put the same contents at once in any order', async ({ store, peer, probe }) => {
      const records = Array.from({ length: 500 }, (_, index) => newContent({ hash: `EXAMPLE_hash_${index}` }))
      const puts = Array.from({ length: 12 }, (_, index) =>
        (index % 2 === 0 ? store : peer).contents.put(index % 3 === 0 ? records : records.toReversed()),
      )
      await Promise.all(puts)
      expect(await probe.rows('contents')).toHaveLength(500)
    })

    test('removes what is old and no event needs any more, of any tenant', async ({ store, probe, find }) => {
      await store.outbox.insert([
        newOutboxRecord({ id: 'pending', contentHash: 'EXAMPLE_hash_pending' }),
        newOutboxRecord({ id: 'done', contentHash: 'EXAMPLE_hash_done' }),
        newOutboxRecord({ id: 'quarantined', contentHash: 'EXAMPLE_hash_quarantined' }),
        newOutboxRecord({ id: 'shared', contentHash: 'EXAMPLE_hash_shared' }),
        newOutboxRecord({ id: 'shared-done', contentHash: 'EXAMPLE_hash_shared' }),
      ])
      for (const id of ['done', 'shared-done']) await store.outbox.complete(...at, id)
      await store.outbox.fail(...at, 'quarantined', { attempts: 5, nextAttemptAt: start, quarantine: true })
      const old = ['pending', 'done', 'quarantined', 'shared', 'unknown'].map((name) => newContent({ hash: `EXAMPLE_hash_${name}` }))
      const young = newContent({ hash: 'EXAMPLE_hash_young', createdAt: start + minute })
      const foreign = newContent({ tenantId: 'tenant-b', hash: 'EXAMPLE_hash_pending' })
      await store.contents.put([...old, young, foreign])
      expect(await store.contents.removeUnused(start, 10)).toBe(0)
      expect(await store.contents.removeUnused(start + minute, 10)).toBe(3)
      for (const name of ['pending', 'quarantined', 'shared', 'young'])
        expect({ name, rows: (await find('contents', `EXAMPLE_hash_${name}`)).length }).toEqual({ name, rows: 1 })
      expect(await probe.rows('contents')).toHaveLength(4)
    })

    test('removes no more than it was told, the oldest first', async ({ store, find }) => {
      await store.contents.put(
        Array.from({ length: 5 }, (_, index) => newContent({ hash: `EXAMPLE_hash_${index}`, createdAt: start - index })),
      )
      expect(await store.contents.removeUnused(start + 1, 3)).toBe(3)
      for (const index of [0, 1]) expect(await find('contents', `EXAMPLE_hash_${index}`)).toHaveLength(1)
      expect(await store.contents.removeUnused(start + 1, 3)).toBe(2)
      expect(await store.contents.removeUnused(start + 1, 3)).toBe(0)
    })

    secure('does not remove bytes from under an event that is just being stored', async ({ store, peer }) => {
      await store.contents.put([newContent()])
      await store.outbox.insert([newItem()])
      const written = createGate()
      const storing = store.transaction(async ({ contents, outbox }) => {
        await contents.put([newContent({ createdAt: start + minute })])
        written.open()
        await new Promise((resolve) => setTimeout(resolve, 100))
        await outbox.settle(...at, [
          {
            id: 'item-1',
            kind: 'fetched',
            sealedPayload: 'EXAMPLE_sealed_event',
            contentHash: 'EXAMPLE_hash_a',
            occurredAt: start,
            origin: 'live',
          },
        ])
      })
      await written.opened
      const removed = peer.contents.removeUnused(start + 1, 10)
      await storing
      expect(await removed).toBe(0)
      expect(await store.contents.get('tenant-a', 'EXAMPLE_hash_a')).toEqual(newContent({ createdAt: start + minute }))
    })
  })
}

/** Bytes without a pattern that something could pack together; the same for the same seed. */
function mixedBytes(seed: number): Uint8Array {
  const words = new Uint32Array(large / 4)
  let state = seed
  for (let index = 0; index < words.length; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    words[index] = state ^ (state >>> 15)
  }
  return new Uint8Array(words.buffer)
}
