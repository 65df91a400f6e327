import { expect } from 'vitest'
import { canary, createDueWork } from './due-work.ts'
import { createCounter, minute, need, passUntil } from './harness.ts'
import type { JobRunnerSuite } from './harness.ts'

const hour = 60 * minute

export function describeTrouble({ group, test, secure }: JobRunnerSuite): void {
  group('trouble', () => {
    test('ticks on after a process died within its tick', async (harness) => {
      await need(harness.crash, 'crash')()
      const { tick, count } = createCounter()
      await harness.jobs.start(tick)
      for (const before of [0, 1]) await passUntil(harness, () => count() > before)
      await harness.jobs.stop()
    })

    test('ticks on after the clock jumped for hours, forward and back', async (harness) => {
      const jump = need(harness.jump, 'jump')
      const work = createDueWork(harness)
      const { tick, count } = createCounter()
      await harness.jobs.start(async () => {
        await tick()
        return work.sweep()
      })
      await harness.pass(minute)
      let expected = 0
      for (const ms of [5 * hour, -3 * hour, -6 * hour, 7 * hour]) {
        await jump(ms)
        const before = count()
        await work.add(5)
        expected += 5
        await passUntil(harness, () => work.done.length >= expected, 3)
        expect(count()).toBeGreaterThan(before)
      }
      await harness.jobs.stop()
    })

    test('wakes and stops without an error when the engine is gone', async (harness) => {
      const lose = need(harness.lose, 'lose')
      const { tick, count } = createCounter()
      await harness.jobs.start(tick)
      await passUntil(harness, () => count() > 0)
      await lose()
      expect(() => harness.jobs.wake()).not.toThrow()
      await harness.pass(5000)
      await harness.jobs.stop()
      expect(() => harness.jobs.wake()).not.toThrow()
    })

    secure('leaves nothing in the engine but names and times', async (harness) => {
      const work = createDueWork(harness)
      await work.add(10)
      let ticks = 0
      await harness.jobs.start(async () => {
        ticks += 1
        if (ticks === 2) throw new Error(`${canary} in the words of a failure`)
        const result = await work.sweep()
        // More than a tick may say, as a careless host returns it.
        return { ...result, tenants: [canary] }
      })
      harness.jobs.wake()
      await passUntil(harness, () => ticks > 2 && work.done.length === 10)
      await harness.pass(minute)
      const stored = JSON.stringify(await harness.stored())
      expect(stored).not.toContain(canary)
      expect(stored).not.toContain('tenant-1')
      await harness.jobs.stop()
    })
  })
}
