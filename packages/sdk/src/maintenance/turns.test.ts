import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClaimedTask } from '../ports/index.ts'
import { createTurns } from './turns.ts'

const quantumMs = 250

const tasksOf = (tenantId: string, count: number): ClaimedTask[] =>
  Array.from({ length: count }, (_, at) => ({ tenantId, connectionId: `c${at}`, kind: 'reconcile', dueAt: at, attempts: 0, fence: at }))

describe('turns', () => {
  it('gives all who wait the same time, whatever their tasks cost', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 2, maxLength: 6 }), (costs) => {
        const turns = createTurns()
        const names = costs.map((_, at) => `t${at}`)
        for (const name of names) turns.add(tasksOf(name, 2_000))
        const served = new Map(names.map((name) => [name, 0]))
        const most = Math.max(...costs)
        for (let count = 0; count < 500; count += 1) {
          const tenantId = turns.next(() => true)?.tenantId ?? ''
          const cost = costs[names.indexOf(tenantId)] ?? 0
          turns.charge(tenantId, cost)
          served.set(tenantId, (served.get(tenantId) ?? 0) + cost)
          // A tenant with cheap tasks has one of them with each turn, and so may use less than its share.
          const slow = names.filter((_, at) => (costs[at] ?? 0) >= quantumMs).map((name) => served.get(name) ?? 0)
          expect(Math.max(...slow, 0) - Math.min(...slow, Infinity)).toBeLessThanOrEqual(most + 2 * quantumMs)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('never lets a place stay empty', () => {
    const turns = createTurns()
    turns.add(tasksOf('alone', 3))
    turns.charge('alone', 3_600_000)
    expect(turns.next(() => true)?.tenantId).toBe('alone')
    expect(turns.next(() => false)).toBeNull()
    expect(turns.drain()).toHaveLength(2)
    expect(turns.next(() => true)).toBeNull()
  })

  it('takes a tenant that may not begin another one up again where it stood', () => {
    const turns = createTurns()
    turns.add([...tasksOf('a', 2), ...tasksOf('b', 2)])
    expect(turns.next((tenantId) => tenantId === 'b')?.tenantId).toBe('b')
    expect(turns.next(() => true)?.tenantId).toBe('a')
  })
})
