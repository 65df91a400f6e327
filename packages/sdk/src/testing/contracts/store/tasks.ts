import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { ClaimedTask, Store, TaskEnd } from '../../../ports/index.ts'
import type { StoreSuite } from './harness.ts'
import { minute, start } from './records.ts'

const renew = { tenantId: 'tenant-a', connectionId: 'connection-1', kind: 'renew', dueAt: start } as const

const claim = { now: start, owner: 'worker-1', leaseMs: minute, limit: 10, perTenant: 10 }

const gone: ClaimedTask = { ...renew, attempts: 0, fence: -1 }

const get = (store: Store) => store.tasks.get('tenant-a', 'connection-1', 'renew')

const end = async (store: Store, task: ClaimedTask, nextDueAt: number | null, attempts: TaskEnd['attempts'] = 'reset') =>
  (await store.tasks.finish([{ task, nextDueAt, attempts }]))[0]

export function describeTasks({ group, test, secure }: StoreSuite): void {
  group('tasks', () => {
    test('refuses a time with a fraction, which a database could not keep', async ({ store }) => {
      await expectFailure(
        store.tasks.schedule({ tenantId: 'tenant-a', connectionId: 'connection-1', kind: 'renew', dueAt: start + 0.5 }),
        'unavailable',
      )
    })

    test('holds at most one task of a kind for a connection', async ({ store, peer, probe }) => {
      expect(await get(store)).toBeNull()
      await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : peer).tasks.schedule(renew)))
      await store.tasks.schedule({ ...renew, kind: 'reconcile' })
      expect(await get(peer)).toEqual({ ...renew, attempts: 0 })
      expect(await probe.rows('tasks')).toHaveLength(2)
    })

    test('moves a task to the earlier time, and with reset to exactly the time', async ({ store }) => {
      await store.tasks.schedule({ ...renew, dueAt: start + 5 })
      await store.tasks.schedule({ ...renew, dueAt: start + 9 })
      expect((await get(store))?.dueAt).toBe(start + 5)
      await store.tasks.schedule({ ...renew, dueAt: start + 2 })
      expect((await get(store))?.dueAt).toBe(start + 2)
      await store.tasks.schedule({ ...renew, dueAt: start + 9, reset: true })
      expect((await get(store))?.dueAt).toBe(start + 9)
    })

    test('claims due tasks of all tenants, most overdue first, up to the limit', async ({ store }) => {
      const dues = { b: start - 5, a: start, c: start - 9, later: start + 1 }
      for (const [tenantId, dueAt] of Object.entries(dues)) await store.tasks.schedule({ ...renew, tenantId, dueAt })
      const first = await store.tasks.claim({ ...claim, limit: 2 })
      expect(first.map(({ tenantId }) => tenantId)).toEqual(['c', 'b'])
      expect(first[0]).toEqual({ ...renew, tenantId: 'c', dueAt: start - 9, attempts: 0, fence: expect.any(Number) })
      expect((await store.tasks.claim(claim)).map(({ tenantId }) => tenantId)).toEqual(['a'])
      expect(await store.tasks.claim(claim)).toEqual([])
    })

    secure('gives no task to two claimers', async ({ store, peer }) => {
      const total = 120
      for (let index = 0; index < total; index += 1)
        await store.tasks.schedule({ ...renew, connectionId: `connection-${index}`, dueAt: start - index })
      const drain = async (door: Store, owner: string): Promise<string[]> => {
        const taken: string[] = []
        for (let empty = 0; empty < 3;) {
          const batch = await door.tasks.claim({ ...claim, owner, limit: 7 })
          empty = batch.length === 0 ? empty + 1 : 0
          taken.push(...batch.map(({ connectionId }) => connectionId))
        }
        return taken
      }
      const claimed = (
        await Promise.all(Array.from({ length: 6 }, (_, index) => drain(index % 2 === 0 ? store : peer, `worker-${index}`)))
      ).flat()
      expect(new Set(claimed).size).toBe(claimed.length)
      expect(claimed).toHaveLength(total)
    })

    test('claims a task again when the lease has run out', async ({ store, peer }) => {
      await store.tasks.schedule(renew)
      const [first] = await store.tasks.claim(claim)
      expect(await peer.tasks.claim({ ...claim, now: start + minute - 1 })).toEqual([])
      const [second] = await peer.tasks.claim({ ...claim, now: start + minute, owner: 'worker-2' })
      expect(second).toMatchObject(renew)
      expect(second?.fence).not.toBe(first?.fence)
    })

    secure('refuses to end a claim with a stale fence, also of an earlier life', async ({ store, peer }) => {
      await store.tasks.schedule(renew)
      const [stale = gone] = await store.tasks.claim(claim)
      const [fresh = gone] = await peer.tasks.claim({ ...claim, now: start + minute })
      expect(await end(store, stale, null)).toBe(false)
      expect(await get(store)).not.toBeNull()
      expect(await end(peer, fresh, null)).toBe(true)
      expect(await get(store)).toBeNull()
      await store.tasks.schedule(renew)
      await store.tasks.claim(claim)
      for (const old of [stale, fresh]) expect(await end(store, old, null)).toBe(false)
      expect(await get(store)).not.toBeNull()
    })

    test('makes a finished task due again, or removes it', async ({ store }) => {
      await store.tasks.schedule(renew)
      const [first = gone] = await store.tasks.claim(claim)
      expect(await end(store, first, start + 5)).toBe(true)
      expect(await get(store)).toEqual({ ...renew, dueAt: start + 5, attempts: 0 })
      expect(await end(store, first, start + 9)).toBe(false)
      const [second = gone] = await store.tasks.claim({ ...claim, now: start + 5 })
      expect(await end(store, second, null)).toBe(true)
      expect(await get(store)).toBeNull()
    })

    test('counts failed attempts, and forgets them with success and with reset', async ({ store }) => {
      await store.tasks.schedule(renew)
      for (const attempts of [1, 2]) {
        const [task = gone] = await store.tasks.claim(claim)
        expect(task.attempts).toBe(attempts - 1)
        await end(store, task, start, 'count')
        expect((await get(store))?.attempts).toBe(attempts)
      }
      await store.tasks.schedule(renew)
      expect((await get(store))?.attempts).toBe(2)
      await store.tasks.schedule({ ...renew, reset: true })
      expect((await get(store))?.attempts).toBe(0)
      const [failing = gone] = await store.tasks.claim(claim)
      await end(store, failing, start, 'count')
      const [fine = gone] = await store.tasks.claim(claim)
      await end(store, fine, start)
      expect((await get(store))?.attempts).toBe(0)
    })

    test('keeps a schedule that comes during a claim, without ending the claim', async ({ store, peer }) => {
      await store.tasks.schedule(renew)
      const [task = gone] = await store.tasks.claim(claim)
      await peer.tasks.schedule({ ...renew, dueAt: start + 3 })
      await peer.tasks.schedule({ ...renew, dueAt: start + 7 })
      expect(await peer.tasks.claim({ ...claim, now: start + 10 })).toEqual([])
      expect(await end(store, task, null)).toBe(true)
      expect(await get(store)).toEqual({ ...renew, dueAt: start + 3, attempts: 0 })
    })

    test('takes the earlier of both times after a schedule during a claim', async ({ store }) => {
      for (const [scheduled, finished] of [
        [start + 3, start + 8],
        [start + 8, start + 3],
      ] as const) {
        await store.tasks.schedule({ ...renew, reset: true })
        const [task = gone] = await store.tasks.claim(claim)
        await store.tasks.schedule({ ...renew, dueAt: scheduled, reset: true })
        await end(store, task, finished)
        expect((await get(store))?.dueAt).toBe(start + 3)
      }
    })

    test('keeps a schedule that comes during a claim over the death of the claimer', async ({ store, peer }) => {
      await store.tasks.schedule(renew)
      await store.tasks.claim(claim)
      await store.tasks.schedule({ ...renew, dueAt: start + 3 })
      const [task = gone] = await peer.tasks.claim({ ...claim, now: start + minute })
      await end(peer, task, start + 99 * minute)
      expect((await get(store))?.dueAt).toBe(start + 3)
    })

    test('loses no schedule that races with the end of a claim', async ({ store, peer }) => {
      for (let round = 0; round < 25; round += 1) {
        await store.tasks.schedule({ ...renew, reset: true })
        const [task = gone] = await store.tasks.claim(claim)
        await Promise.all([end(store, task, null), peer.tasks.schedule({ ...renew, dueAt: start + 1 })])
        expect((await get(store))?.dueAt).toBe(start + 1)
      }
    })

    test('does not wait for a claim that is not committed', async ({ store, peer }) => {
      if (store === peer) throw new Error('Give the harness a peer, or skip the test and say why.')
      await store.tasks.schedule(renew)
      await store.transaction(async (transaction) => {
        expect(await transaction.tasks.claim(claim)).toHaveLength(1)
        expect(await peer.tasks.claim({ ...claim, owner: 'worker-2' })).toEqual([])
      })
      expect(await peer.tasks.claim({ ...claim, owner: 'worker-2' })).toEqual([])
    })

    test('says when the next unclaimed task is due, over all tenants', async ({ store }) => {
      expect(await store.tasks.nextDueAt()).toBeNull()
      await store.tasks.schedule(renew)
      await store.tasks.schedule({ ...renew, tenantId: 'tenant-b', dueAt: start + 5 })
      expect(await store.tasks.nextDueAt()).toBe(start)
      await store.tasks.claim(claim)
      expect(await store.tasks.nextDueAt()).toBe(start + 5)
      await store.tasks.claim({ ...claim, now: start + 5 })
      expect(await store.tasks.nextDueAt()).toBeNull()
    })

    test('removes the tasks of one connection, claimed or not', async ({ store, probe, find }) => {
      await store.tasks.schedule(renew)
      await store.tasks.claim(claim)
      await store.tasks.schedule({ ...renew, kind: 'sync' })
      await store.tasks.schedule({ ...renew, connectionId: 'kept' })
      await store.tasks.removeForConnection('tenant-a', 'connection-1')
      expect(await probe.rows('tasks')).toHaveLength(1)
      expect(await find('tasks', 'kept')).toHaveLength(1)
    })
  })
}
