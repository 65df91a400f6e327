import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { ClaimedTask, Store } from '../../../ports/index.ts'
import type { StoreSuite } from './harness.ts'
import { minute, start } from './records.ts'

const claim = { now: start, owner: 'worker-1', leaseMs: minute, limit: 20, perTenant: 5 }

async function schedule(store: Store, tenantId: string, count: number, dueAt: number): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await store.tasks.schedule({ tenantId, connectionId: `connection-${index}`, kind: 'renew', dueAt: dueAt + index })
}

function countByTenant(tasks: readonly ClaimedTask[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { tenantId } of tasks) counts[tenantId] = (counts[tenantId] ?? 0) + 1
  return counts
}

export function describeTaskBatches({ group, test, secure }: StoreSuite): void {
  group('tasks.claim with a share for each tenant', () => {
    test('gives small tenants theirs while another has far more that wait longer', async ({ store, peer }) => {
      await schedule(store, 'whale', 300, start - 10_000)
      for (const tenantId of ['small-1', 'small-2', 'small-3']) await schedule(store, tenantId, 3, start - 100)
      const first = await store.tasks.claim(claim)
      expect(countByTenant(first)).toEqual({ whale: 5, 'small-1': 3, 'small-2': 3, 'small-3': 3 })
      expect(first.map(({ dueAt }) => dueAt)).toEqual(first.map(({ dueAt }) => dueAt).toSorted((a, b) => a - b))
      expect(countByTenant(await peer.tasks.claim(claim))).toEqual({ whale: 5 })
      expect(await store.tasks.nextDueAt()).toBe(start - 10_000 + 10)
    })

    test('gives the most overdue of each tenant, and of those the most overdue', async ({ store }) => {
      await schedule(store, 'old', 9, start - 90)
      await schedule(store, 'older', 9, start - 900)
      await schedule(store, 'young', 9, start - 9)
      const tasks = await store.tasks.claim({ ...claim, limit: 5, perTenant: 3 })
      expect(tasks.map(({ tenantId, dueAt }) => [tenantId, dueAt - start])).toEqual([
        ['older', -900],
        ['older', -899],
        ['older', -898],
        ['old', -90],
        ['old', -89],
      ])
    })

    test('counts tasks of dead claimers into the share', async ({ store, peer }) => {
      await schedule(store, 'tenant-a', 8, start - 100)
      await store.tasks.claim({ ...claim, perTenant: 4 })
      const tasks = await peer.tasks.claim({ ...claim, now: start + minute })
      expect(tasks.map(({ dueAt }) => dueAt - start)).toEqual([-100, -99, -98, -97, -96])
    })

    test('counts what the claimer holds already into the share, and leaves out who has a full one', async ({ store, peer }) => {
      await schedule(store, 'whale', 300, start - 10_000)
      await schedule(store, 'half', 9, start - 900)
      await schedule(store, 'small', 2, start - 100)
      const held = new Map([
        ['whale', 5],
        ['half', 3],
        ['elsewhere', 9],
      ])
      expect(countByTenant(await store.tasks.claim({ ...claim, held }))).toEqual({ half: 2, small: 2 })
      expect(await peer.tasks.claim({ ...claim, held: new Map([...held, ['half', 7]]) })).toEqual([])
      expect(countByTenant(await peer.tasks.claim({ ...claim, held: new Map([['whale', 4]]) }))).toEqual({ whale: 1, half: 5 })
    })

    test('finds what lapsed behind the tasks of one that has its share', async ({ store, peer }) => {
      await schedule(store, 'whale', 8, start - 10_000)
      await schedule(store, 'small', 1, start - 100)
      await store.tasks.claim({ ...claim, perTenant: 8 })
      const tasks = await peer.tasks.claim({ ...claim, now: start + minute, limit: 3, held: new Map([['whale', 5]]) })
      expect(countByTenant(tasks)).toEqual({ small: 1 })
    })

    secure('gives no task of a crowd to two claimers, and in the end all to one', async ({ store, peer }) => {
      await schedule(store, 'whale', 150, start - 10_000)
      for (let index = 0; index < 10; index += 1) await schedule(store, `small-${index}`, 4, start - 100)
      const drain = async (door: Store, owner: string): Promise<string[]> => {
        const taken: string[] = []
        for (let empty = 0; empty < 3;) {
          const batch = await door.tasks.claim({ ...claim, owner })
          empty = batch.length === 0 ? empty + 1 : 0
          taken.push(...batch.map(({ tenantId, connectionId }) => `${tenantId} ${connectionId}`))
        }
        return taken
      }
      const drains = Array.from({ length: 6 }, (_, index) => drain(index % 2 === 0 ? store : peer, `worker-${index}`))
      const taken = [...(await Promise.all(drains)).flat(), ...(await drain(store, 'last'))]
      expect(new Set(taken).size).toBe(taken.length)
      expect(taken).toHaveLength(190)
    })
  })

  group('tasks.finish with many ends', () => {
    test('ends each in its way and says whose fence held, in order', async ({ store, peer, find }) => {
      await schedule(store, 'tenant-a', 5, start - 9)
      const held = await store.tasks.claim(claim)
      const at = (index: number): ClaimedTask => {
        const task = held[index]
        if (task === undefined) throw new Error('Nothing was claimed.')
        return task
      }
      const answers = await peer.tasks.finish([
        { task: at(3), nextDueAt: start + 3, attempts: 'keep' },
        { task: { ...at(4), fence: -1 }, nextDueAt: null, attempts: 'reset' },
        { task: at(0), nextDueAt: null, attempts: 'reset' },
        { task: at(1), nextDueAt: start + 1, attempts: 'count' },
        { task: at(1), nextDueAt: null, attempts: 'reset' },
        { task: { ...at(2), tenantId: 'tenant-b' }, nextDueAt: null, attempts: 'reset' },
        { task: at(2), nextDueAt: start + 2, attempts: 'reset' },
      ])
      expect(answers).toEqual([true, false, true, true, false, false, true])
      const left = await Promise.all([0, 1, 2, 3, 4].map((index) => store.tasks.get('tenant-a', `connection-${index}`, 'renew')))
      expect(left.map((task) => task && [task.dueAt - start, task.attempts])).toEqual([null, [1, 1], [2, 0], [3, 0], [-5, 0]])
      expect(await find('tasks', 'worker-1')).toHaveLength(1)
      expect(await store.tasks.finish([])).toEqual([])
    })

    test('leaves the attempts of a task that was not tried', async ({ store }) => {
      await schedule(store, 'tenant-a', 1, start)
      const end = async (attempts: 'keep' | 'count' | 'reset') => {
        const tasks = await store.tasks.claim(claim)
        await store.tasks.finish(tasks.map((task) => ({ task, nextDueAt: start, attempts })))
        return (await store.tasks.get('tenant-a', 'connection-0', 'renew'))?.attempts
      }
      expect([await end('count'), await end('count'), await end('keep'), await end('count'), await end('reset')]).toEqual([1, 2, 2, 3, 0])
    })

    test('keeps a task that was scheduled anew though its end would remove it', async ({ store }) => {
      await schedule(store, 'tenant-a', 2, start - 1)
      const tasks = await store.tasks.claim(claim)
      await store.tasks.schedule({ tenantId: 'tenant-a', connectionId: 'connection-1', kind: 'renew', dueAt: start + 7 })
      expect(await store.tasks.finish(tasks.map((task) => ({ task, nextDueAt: null, attempts: 'count' })))).toEqual([true, true])
      expect(await store.tasks.get('tenant-a', 'connection-0', 'renew')).toBeNull()
      expect(await store.tasks.get('tenant-a', 'connection-1', 'renew')).toMatchObject({ dueAt: start + 7, attempts: 1 })
      expect(await store.tasks.nextDueAt()).toBe(start + 7)
    })

    test('ends none when one time has a fraction', async ({ store }) => {
      await schedule(store, 'tenant-a', 2, start - 1)
      const tasks = await store.tasks.claim(claim)
      const ends = tasks.map((task, index) => ({ task, nextDueAt: start + index / 2, attempts: 'reset' }) as const)
      await expectFailure(store.tasks.finish(ends), 'unavailable')
      expect((await store.tasks.finish(tasks.map((task) => ({ task, nextDueAt: null, attempts: 'reset' })))).every(Boolean)).toBe(true)
    })
  })

  group('tasks.tally', () => {
    test('counts what is overdue by tenant and kind, claimed or not, the oldest first', async ({ store, peer }) => {
      expect(await store.tasks.tally(start, 10)).toEqual([])
      await schedule(store, 'tenant-a', 4, start - 2)
      await schedule(store, 'tenant-b', 3, start - 30)
      await store.tasks.schedule({ tenantId: 'tenant-b', connectionId: 'connection-1', kind: 'sync', dueAt: start - 9 })
      await store.tasks.claim({ ...claim, limit: 2 })
      const tally = await peer.tasks.tally(start, 10)
      expect(tally).toEqual([
        { tenantId: 'tenant-b', kind: 'renew', due: 3, oldestDueAt: start - 30 },
        { tenantId: 'tenant-b', kind: 'sync', due: 1, oldestDueAt: start - 9 },
        { tenantId: 'tenant-a', kind: 'renew', due: 3, oldestDueAt: start - 2 },
      ])
      expect(await peer.tasks.tally(start, 1)).toEqual(tally.slice(0, 1))
    })
  })
}
