import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClaimedTask } from '../ports/index.ts'
import { createTaskPool } from './task-pool.ts'
import { createTenantShares } from './tenant-shares.ts'

const task = (tenantId: string, at: number): ClaimedTask => ({
  tenantId,
  connectionId: `c${at}`,
  kind: 'reconcile',
  dueAt: at,
  attempts: 0,
  fence: at,
})

const tasksOf = (tenantId: string, count: number) => Array.from({ length: count }, (_, at) => task(tenantId, at))

/** A pool whose tasks end when they are told to, in the order that they began. */
function arrange(shares = createTenantShares()) {
  const begun: ClaimedTask[] = []
  const ends: (() => void)[] = []
  let most = 0
  let now = 0
  const running = new Map<string, number>()
  const pool = createTaskPool({ clock: { now: () => now }, shares }, async (one) => {
    begun.push(one)
    running.set(one.tenantId, (running.get(one.tenantId) ?? 0) + 1)
    most = Math.max(most, running.get(one.tenantId) ?? 0)
    await new Promise<void>((resolve) => ends.push(resolve))
    running.set(one.tenantId, (running.get(one.tenantId) ?? 0) - 1)
  })
  const endOne = async () => {
    const ended = pool.ended(1, 60_000)
    ends.shift()?.()
    await ended
  }
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  return { pool, shares, begun, endOne, pass, mostOfOne: () => most, isIdle: () => ends.length === 0 }
}

describe('the task pool', () => {
  it('runs at most five of one tenant at once, and takes the rest in its turn', async () => {
    const { pool, begun, endOne } = arrange()
    pool.add(tasksOf('whale', 200))
    expect(begun).toHaveLength(5)
    pool.add(tasksOf('shrimp', 3))
    expect(begun.slice(5).map(({ tenantId }) => tenantId)).toEqual(['shrimp', 'shrimp', 'shrimp'])
    await endOne()
    expect(begun.at(-1)).toMatchObject({ tenantId: 'whale', connectionId: 'c5' })
    expect(pool.size()).toBe(202)
  })

  it('gives each tenant its turn when all wait', () => {
    const { pool, begun } = arrange()
    pool.add([...tasksOf('whale', 50), ...tasksOf('a', 2), ...tasksOf('b', 2), ...tasksOf('c', 2)])
    expect(begun.map(({ tenantId }) => tenantId).join(' ')).toBe('whale a b c whale a b c whale whale whale')
  })

  it('lets a tenant whose tasks are slow sit out some turns', async () => {
    const { pool, begun, endOne, pass } = arrange()
    pool.add(tasksOf('slow', 10))
    pass(60_000)
    await endOne()
    pool.add(Array.from({ length: 30 }, (_, tenant) => tasksOf(`t${tenant}`, 3)).flat())
    for (let count = 0; count < 30; count += 1) await endOne()
    expect(begun.slice(6).every(({ tenantId }) => tenantId !== 'slow')).toBe(true)
    while (pool.size() > 0) await endOne()
    expect(begun.filter(({ tenantId }) => tenantId === 'slow')).toHaveLength(10)
  })

  it('gives back what has not begun, and nothing else', async () => {
    const { pool, begun, endOne } = arrange()
    pool.add(tasksOf('a', 12))
    expect(pool.drain().map(({ fence }) => fence)).toEqual([5, 6, 7, 8, 9, 10, 11])
    expect([begun.length, pool.size()]).toEqual([5, 5])
    for (let at = 0; at < 5; at += 1) await endOne()
    expect(pool.size()).toBe(0)
    await pool.ended(1, 60_000)
  })

  it('says when so many have ended, when none runs any more, or when that takes too long', async () => {
    const { pool, endOne } = arrange()
    pool.add(tasksOf('a', 4))
    const told: string[] = []
    const wait = (name: string, number: number, limitMs: number) => pool.ended(number, limitMs).then(() => told.push(name))
    const waits = [wait('two', 2, 60_000), wait('all', 9, 60_000)]
    await endOne()
    expect(told).toEqual([])
    await wait('late', 3, 1)
    await endOne()
    expect(told).toEqual(['late', 'two'])
    while (pool.size() > 0) await endOne()
    await Promise.all(waits)
    expect(told).toEqual(['late', 'two', 'all'])
  })

  it('knows what it has of each tenant, waiting or running', async () => {
    const { pool, shares, endOne } = arrange()
    pool.add([...tasksOf('a', 7), ...tasksOf('b', 1)])
    expect([...shares.held]).toEqual([
      ['a', 7],
      ['b', 1],
    ])
    await endOne()
    expect(shares.held.get('a')).toBe(6)
    pool.drain()
    expect([...shares.held]).toEqual([
      ['a', 5],
      ['b', 1],
    ])
    while (pool.size() > 0) await endOne()
    expect([...shares.held]).toEqual([])
  })

  it('counts a tenant’s tasks together with the other pools of its process', async () => {
    const first = arrange()
    const second = arrange(first.shares)
    first.pool.add(tasksOf('hangs', 5))
    second.pool.add([...tasksOf('hangs', 3), ...tasksOf('other', 2)])
    expect(second.begun.map(({ tenantId }) => tenantId)).toEqual(['other', 'other'])
    for (let count = 0; count < 2; count += 1) await second.endOne()
    // Nothing of it runs, and something still waits.
    expect(second.pool.size()).toBe(3)
    let isOver = false
    const ended = second.pool.ended(1, 60_000).then(() => (isOver = true))
    await first.endOne()
    expect(second.begun.map(({ tenantId }) => tenantId)).toEqual(['other', 'other', 'hangs'])
    expect([first.shares.running.get('hangs'), isOver]).toEqual([5, false])
    await second.endOne()
    await ended
    // What outlives its lease is not counted, also when it ends after all.
    first.pool.abandon()
    expect(second.pool.size()).toBe(2)
    await first.endOne()
    expect(first.shares.running.get('hangs')).toBe(second.begun.length - 3)
    while (!second.isIdle()) await second.endOne()
    expect([...first.shares.held, ...first.shares.running]).toEqual([])
  })

  it('runs each task once, however they come and end', async () => {
    const step = fc.oneof(
      fc.record({ tenant: fc.constantFrom('a', 'b', 'c'), count: fc.integer({ min: 1, max: 30 }) }),
      fc.constant('end' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { pool, begun, endOne, mostOfOne, isIdle } = arrange()
        let added = 0
        for (const each of steps) {
          if (each === 'end') await endOne()
          else pool.add(Array.from({ length: each.count }, () => task(each.tenant, (added += 1))))
        }
        while (!isIdle()) await endOne()
        expect(begun.map(({ fence }) => fence).toSorted((left, right) => left - right)).toEqual(
          Array.from({ length: added }, (_, at) => at + 1),
        )
        expect(mostOfOne()).toBeLessThanOrEqual(5)
        expect(pool.size()).toBe(0)
      }),
      { numRuns: 50 },
    )
  })
})
