import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check'
import { expect } from 'vitest'
import type { Store } from '../../../ports/index.ts'
import type { StoreSuite } from './harness.ts'
import { minute, newAttempt, newConnection, start } from './records.ts'

const key = 'EXAMPLE_key_1'
const at = ['tenant-a', 'connection-1', key] as const

const begin = (store: Store, now = start, over: Parameters<typeof newAttempt>[0] = {}) =>
  store.attempts.begin(newAttempt(over), { now, leaseMs: minute })

/** Begins what must be free. */
async function fenceOf(store: Store, now = start): Promise<number> {
  const begun = await begin(store, now)
  if (!begun.begun) throw new Error('Somebody is at it.')
  return begun.fence
}

/** What may have become of one key, as a few lines say it. */
interface Modelled {
  content: string
  leaseUntil: number
  holder: string | null
  result: string | null
}

export function describeAttempts({ group, test, secure }: StoreSuite): void {
  group('attempts', () => {
    secure('are begun by one of many at once, who alone holds them until the lease ends', async ({ store, peer, probe }) => {
      const tries = await Promise.all(Array.from({ length: 20 }, (_, index) => begin(index % 2 === 0 ? store : peer)))
      expect(tries.filter(({ begun }) => begun)).toEqual([{ begun: true, inDoubt: false, fence: expect.any(Number) }])
      expect(tries.filter(({ begun }) => !begun)).toHaveLength(19)
      expect(await probe.rows('attempts')).toHaveLength(1)
      expect(await begin(peer, start + minute - 1)).toEqual({
        begun: false,
        record: { ...newAttempt(), begunAt: start, leaseUntil: start + minute, sealedResult: null },
      })
    })

    secure('are in doubt once the lease has run out, and one of many takes them over', async ({ store, peer }) => {
      await begin(store)
      const tries = await Promise.all(Array.from({ length: 20 }, (_, index) => begin(index % 2 === 0 ? store : peer, start + minute)))
      expect(tries.filter(({ begun }) => begun)).toEqual([{ begun: true, inDoubt: true, fence: expect.any(Number) }])
    })

    secure('are done once: the first result stays, whatever comes later', async ({ store, peer }) => {
      const fence = await fenceOf(store)
      expect(await store.attempts.finish(...at, 'EXAMPLE_sealed_first')).toBe(true)
      expect(await peer.attempts.finish(...at, 'EXAMPLE_sealed_second')).toBe(true)
      await store.attempts.release(...at, { fence, inDoubt: false })
      await store.attempts.release(...at, { fence, inDoubt: true })
      expect(await store.attempts.renew(...at, { fence, now: start + minute, leaseMs: minute })).toBe(false)
      expect(await begin(peer, start + 9 * minute)).toMatchObject({ begun: false, record: { sealedResult: 'EXAMPLE_sealed_first' } })
    })

    test('are done also when whoever lost the lease says so', async ({ store, peer }) => {
      await begin(store)
      const late = await begin(peer, start + minute)
      expect(late).toMatchObject({ inDoubt: true })
      expect(await store.attempts.finish(...at, 'EXAMPLE_sealed_late')).toBe(true)
      await peer.attempts.release(...at, { fence: late.begun ? late.fence : -1, inDoubt: true })
      expect(await begin(store, start + 9 * minute)).toMatchObject({ begun: false, record: { sealedResult: 'EXAMPLE_sealed_late' } })
    })

    test('that were certainly not done are forgotten, with what they were about', async ({ store, peer, probe }) => {
      await peer.attempts.release(...at, { fence: await fenceOf(store), inDoubt: false })
      expect(await probe.rows('attempts')).toEqual([])
      expect(await begin(store, start, { contentHash: 'EXAMPLE_hash_b' })).toMatchObject({ begun: true, inDoubt: false })
    })

    secure('that nobody knows the end of can be begun at once, in doubt and for the same content only', async ({ store, peer }) => {
      await store.attempts.release(...at, { fence: await fenceOf(store), inDoubt: true })
      expect(await begin(peer, start, { contentHash: 'EXAMPLE_hash_b' })).toMatchObject({
        begun: false,
        record: { contentHash: 'EXAMPLE_hash_a', sealedResult: null },
      })
      expect(await begin(peer, start)).toMatchObject({ begun: true, inDoubt: true })
    })

    secure('refuse a stale fence: no release, no longer lease', async ({ store, peer }) => {
      const stale = await fenceOf(store)
      const fresh = await fenceOf(peer, start + minute)
      expect(fresh).not.toBe(stale)
      await store.attempts.release(...at, { fence: stale, inDoubt: false })
      await store.attempts.release(...at, { fence: stale, inDoubt: true })
      expect(await store.attempts.renew(...at, { fence: stale, now: start + 9 * minute, leaseMs: minute })).toBe(false)
      expect(await begin(store, start + minute)).toMatchObject({ begun: false, record: { leaseUntil: start + 2 * minute } })
      await peer.attempts.release(...at, { fence: fresh, inDoubt: true })
      expect(await peer.attempts.renew(...at, { fence: fresh, now: start + minute, leaseMs: minute })).toBe(false)
      expect(await begin(store, start + minute)).toMatchObject({ begun: true, inDoubt: true })
    })

    test('are held longer by whoever renews', async ({ store, peer }) => {
      const fence = await fenceOf(store)
      expect(await store.attempts.renew(...at, { fence, now: start + minute / 2, leaseMs: minute })).toBe(true)
      expect(await begin(peer, start + minute)).toMatchObject({
        begun: false,
        record: { begunAt: start, leaseUntil: start + 1.5 * minute },
      })
      expect(await begin(peer, start + 1.5 * minute)).toMatchObject({ begun: true, inDoubt: true })
    })

    secure('are kept apart, by tenant, connection and key', async ({ store, find }) => {
      for (const over of [{}, { tenantId: 'tenant-b' }, { connectionId: 'connection-2' }, { key: 'EXAMPLE_key_2' }])
        expect(await begin(store, start, over)).toMatchObject({ begun: true, inDoubt: false })
      await store.attempts.finish('tenant-b', 'connection-1', key, 'EXAMPLE_sealed_other')
      expect(await find('attempts', 'EXAMPLE_sealed_other')).toHaveLength(1)
      expect(await begin(store)).toMatchObject({ begun: false, record: { tenantId: 'tenant-a', sealedResult: null } })
    })

    test('go with their connection and with their tenant, and cannot be finished then', async ({ store, peer, probe }) => {
      await store.connections.insert(newConnection())
      await begin(store)
      await begin(store, start, { connectionId: 'connection-2' })
      await peer.connections.remove('tenant-a', 'connection-1')
      expect(await store.attempts.finish(...at, 'EXAMPLE_sealed')).toBe(false)
      expect(await probe.rows('attempts')).toHaveLength(1)
      expect(await peer.tenants.removeRows('tenant-a', 10)).toBe(1)
      expect(await probe.rows('attempts')).toEqual([])
    })

    test('are deleted by the time they were begun last, of any tenant, the oldest first', async ({ store, peer, find, probe }) => {
      await begin(store, start - minute, { key: 'EXAMPLE_again' })
      for (const [tenantId, now] of [
        ['tenant-a', start - 1],
        ['tenant-b', start],
        ['tenant-c', start - 2],
      ] as const)
        await begin(store, now, { tenantId })
      await begin(store, start, { key: 'EXAMPLE_again' })
      expect(await store.attempts.removeBefore(start, 1)).toBe(1)
      expect(await find('attempts', 'tenant-c')).toEqual([])
      expect(await peer.attempts.removeBefore(start, 10)).toBe(1)
      expect(await probe.rows('attempts')).toHaveLength(2)
    })

    test('come and go in a transaction, and are as they were when it fails', async ({ store }) => {
      const failing = store.transaction(async (transaction) => {
        await transaction.attempts.begin(newAttempt(), { now: start, leaseMs: minute })
        expect(await transaction.attempts.finish(...at, 'EXAMPLE_sealed')).toBe(true)
        throw new Error('boom')
      })
      await expect(failing).rejects.toThrow('boom')
      expect(await begin(store)).toMatchObject({ begun: true, inDoubt: false })
    })

    secure('have one holder at a time and one result, whatever happens in whatever order', async ({ store, peer }) => {
      const steps = array(
        record({
          act: constantFrom('begin', 'begin', 'renew', 'finish', 'fail', 'doubt', 'crash'),
          who: constantFrom('one', 'two', 'three'),
          content: constantFrom('EXAMPLE_hash_a', 'EXAMPLE_hash_a', 'EXAMPLE_hash_b'),
          waitMs: nat(40_000),
        }),
        { maxLength: 25 },
      )
      let run = 0
      await assert(
        asyncProperty(steps, async (plan) => {
          run += 1
          const place = ['tenant-a', 'connection-1', `EXAMPLE_key_of_run_${run}`] as const
          const fences = new Map<string, number>()
          let now = start
          let row = null as Modelled | null
          for (const { act, who, content, waitMs } of plan) {
            now += waitMs
            const on = who === 'one' ? store : peer
            const fence = fences.get(who)
            const holds: boolean = row !== null && row.holder === who && row.result === null
            if (act === 'begin') {
              const begun = await on.attempts.begin(newAttempt({ key: place[2], contentHash: content }), { now, leaseMs: minute })
              const isFree = row === null || (row.result === null && row.leaseUntil <= now && row.content === content)
              expect(begun).toMatchObject(
                isFree ? { begun: true, inDoubt: row !== null } : { begun: false, record: { sealedResult: row?.result } },
              )
              if (begun.begun) fences.set(who, begun.fence)
              if (begun.begun) row = { content, leaseUntil: now + minute, holder: who, result: null }
            } else if (act === 'crash') {
              fences.delete(who)
              if (row?.holder === who) row.holder = null
            } else if (fence === undefined) continue
            else if (act === 'renew') {
              expect(await on.attempts.renew(...place, { fence, now, leaseMs: minute })).toBe(holds)
              if (holds && row !== null) row.leaseUntil = now + minute
            } else if (act === 'finish') {
              expect(await on.attempts.finish(...place, `EXAMPLE_by_${who}`)).toBe(row !== null)
              if (row !== null) row.result ??= `EXAMPLE_by_${who}`
            } else {
              await on.attempts.release(...place, { fence, inDoubt: act === 'doubt' })
              fences.delete(who)
              if (holds && row !== null) row = act === 'doubt' ? { ...row, leaseUntil: 0, holder: null } : null
            }
          }
        }),
        { numRuns: 40 },
      )
    })
  })
}
