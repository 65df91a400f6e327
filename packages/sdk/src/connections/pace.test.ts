import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { createMemoryStore } from '../testing/index.ts'
import { OutOfBudget } from './out-of-budget.ts'
import { spendRequest } from './pace.ts'

const second = 1_000
const minute = 60_000
const connection = { tenantId: 'acme', id: 'c1', account: { subject: '1', address: 'support@acme.test' } } as Connection
const limit = 300
const wide = { requests: 1_000_000, perMs: minute }

const paced = (account: { requests: number; perMs: number }, project = wide) =>
  ({ vendor: { name: 'google' }, service: 'gmail', pace: { account, project } }) as unknown as AnyProvider

/** So many processes on one store, with a clock that the test sets. */
function processes(count: number) {
  const store = createMemoryStore()
  const time = { now: 1_000_000 }
  const contexts = Array.from({ length: count }, () => ({ store, clock: { now: () => time.now } }) as unknown as Context)
  const granted: number[] = []
  const ask = async (index: number, provider: AnyProvider, of = connection): Promise<number> => {
    const context = contexts[index % count]
    if (context === undefined) throw new Error('There is no process to ask.')
    try {
      await spendRequest(context, provider, of)
      granted.push(time.now)
      return 0
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error
      return error.waitMs
    }
  }
  return { store, time, ask, granted }
}

/** The most that any span of a minute saw. */
function busiestMinute(times: readonly number[]): number {
  let from = 0
  let most = 0
  for (const [to, at] of times.entries()) {
    while (at - (times[from] ?? at) >= minute) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}

describe('the pace of one account', () => {
  const provider = paced({ requests: limit * 0.8, perMs: minute })

  it('stays below the limit with eight processes that ask whenever they may, and uses most of what there is', async () => {
    const { time, ask, granted } = processes(8)
    const begunAt = time.now
    for (; time.now < begunAt + 10 * minute; time.now += second)
      await Promise.all(Array.from({ length: 160 }, (_, index) => ask(index, provider)))
    expect(busiestMinute(granted)).toBeLessThanOrEqual(limit)
    expect(granted.length).toBeGreaterThan(10 * limit * 0.3)
  })

  it('stays below the limit also with what eight processes took and kept for later', async () => {
    const { time, ask, granted } = processes(8)
    for (let index = 0; index < 8; index += 1) for (let at = 0; at < 5; at += 1) expect(await ask(index, provider)).toBe(0)
    time.now += 10 * minute
    for (const endsAt = time.now + 2 * minute; time.now < endsAt; time.now += second)
      await Promise.all(Array.from({ length: 640 }, (_, index) => ask(index, provider)))
    expect(busiestMinute(granted)).toBeLessThanOrEqual(limit)
  })

  it('stays below the limit whoever asks whenever', async () => {
    const asks = fc.record({ process: fc.nat(7), count: fc.nat(60), waitMs: fc.nat(20_000) })
    await fc.assert(
      fc.asyncProperty(fc.array(asks, { minLength: 20, maxLength: 60 }), async (steps) => {
        const { time, ask, granted } = processes(8)
        for (const { process, count, waitMs } of steps) {
          await Promise.all(Array.from({ length: count }, () => ask(process, provider)))
          time.now += waitMs
        }
        expect(busiestMinute(granted)).toBeLessThanOrEqual(limit)
      }),
      { numRuns: 50 },
    )
  })

  it('asks the store for nothing at first, then once for many who wait together, and not before there can be more', async () => {
    const { store, ask } = processes(1)
    for (let at = 0; at < 4; at += 1) expect(await ask(0, provider)).toBe(0)
    expect(store.rows('budgets')).toEqual([])
    expect(await Promise.all([ask(0, provider), ask(0, provider), ask(0, provider)])).toEqual([0, 0, 0])
    expect(store.rows('budgets')).toMatchObject([{ tenantId: 'acme', key: 'quota/google/gmail/1', fullAt: 1_001_500 }])
    const waits = await Promise.all(Array.from({ length: 500 }, () => ask(0, provider)))
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(117)
    expect(new Set(waits)).toEqual(new Set([0, 15_000]))
    const asked = JSON.stringify(store.rows('budgets'))
    expect(await ask(0, provider)).toBe(15_000)
    expect(JSON.stringify(store.rows('budgets'))).toBe(asked)
  })

  it('holds back that account and no other, until the time that it named', async () => {
    const { time, ask } = processes(2)
    const other = { ...connection, account: { subject: '2', address: 'help@acme.test' } } as Connection
    const waits = await Promise.all(Array.from({ length: 200 }, () => ask(0, provider)))
    expect(waits.at(-1)).toBe(15_000)
    expect(await ask(0, provider, other)).toBe(0)
    expect(await ask(0, provider, { ...connection, tenantId: 'globex' })).toBe(0)
    time.now += 14_999
    expect(await ask(0, provider)).toBe(1)
    time.now += 1
    expect(await ask(0, provider)).toBe(0)
  })

  it('goes on when the clock went back by hours', async () => {
    const { time, ask } = processes(1)
    await Promise.all(Array.from({ length: 200 }, () => ask(0, provider)))
    time.now -= 600_000
    expect(await ask(0, provider)).toBe(0)
  })
})

describe('the pace of a project', () => {
  it('holds back all accounts of the tenant together', async () => {
    const { ask } = processes(1)
    const provider = paced({ requests: 240, perMs: minute }, { requests: 240, perMs: minute })
    const accounts = Array.from({ length: 200 }, (_, at) => ({ ...connection, account: { subject: `${at}`, address: '' } }) as Connection)
    const waits = await Promise.all(accounts.map((account) => ask(0, provider, account)))
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(124)
    expect(await ask(0, provider, { ...connection, tenantId: 'globex' } as Connection)).toBe(0)
  })

  it('is kept without a pace by nobody', async () => {
    const { store, ask } = processes(1)
    const provider = { vendor: { name: 'google' }, service: 'gmail' } as AnyProvider
    expect(await Promise.all(Array.from({ length: 500 }, () => ask(0, provider)))).not.toContain(15_000)
    expect(store.rows('budgets')).toEqual([])
  })

  it('lets a pace that is slower than one request in a process’s share through one by one', async () => {
    const { time, ask, granted } = processes(1)
    const provider = paced({ requests: 2, perMs: minute })
    for (let at = 0; at < 60; at += 1) {
      await ask(0, provider)
      time.now += 10_000
    }
    expect(granted.length).toBeGreaterThan(9)
    expect(busiestMinute(granted)).toBeLessThanOrEqual(4)
  })
})
