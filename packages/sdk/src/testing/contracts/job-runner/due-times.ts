import { expect } from 'vitest'
import { createDueWork, dropTicks, startAll } from './due-work.ts'
import { createCounter, minute, passUntil } from './harness.ts'
import type { JobRunnerSuite } from './harness.ts'

const once = (done: readonly string[]): number => new Set(done).size

export function describeDueTimes({ group, test }: JobRunnerSuite): void {
  group('due times in the store', () => {
    test('does not wait for the minute when work is due sooner', async ({ jobs, pass, clock }) => {
      let dueAt: number | null = null
      const { tick, count } = createCounter(() => dueAt)
      await jobs.start(tick)
      await pass(minute)
      dueAt = clock.now() + 10_000
      jobs.wake()
      await pass(5000)
      const before = count()
      await pass(minute / 4)
      expect(count()).toBeGreaterThan(before)
      await jobs.stop()
    })

    test('does not spin when nothing can be done about work that is due', async ({ jobs, pass, clock }) => {
      const { tick, count } = createCounter(() => clock.now() - 5000)
      await jobs.start(tick)
      await pass(minute)
      expect(count()).toBeGreaterThan(0)
      expect(count()).toBeLessThan(5000)
      await jobs.stop()
    })

    test('does each due task once, with several runners on one engine', async (harness) => {
      const work = createDueWork(harness)
      const runners = [harness.jobs, await harness.peer(), await harness.peer(), await harness.peer()]
      await work.add(200)
      await startAll(runners, work.sweep)
      for (const runner of runners) runner.wake()
      await passUntil(harness, () => work.done.length >= 200)
      await work.add(50)
      for (const runner of runners) runner.wake()
      await passUntil(harness, () => work.done.length >= 250)
      await harness.pass(minute)
      for (const runner of runners) await runner.stop()
      expect(work.done).toHaveLength(250)
      expect(once(work.done)).toBe(250)
    })

    test('does each due task once when every tick is doubled', async (harness) => {
      const work = createDueWork(harness)
      await work.add(100)
      await harness.jobs.start(async () => {
        const [first] = await Promise.all([work.sweep(), work.sweep()])
        return first
      })
      await passUntil(harness, () => work.done.length >= 100)
      await harness.pass(minute)
      await harness.jobs.stop()
      expect([work.done.length, once(work.done)]).toEqual([100, 100])
    })

    test('leaves nothing behind when four of five ticks are dropped', async (harness) => {
      const work = createDueWork(harness)
      const { tick, kept } = dropTicks(work.sweep, 0.8)
      await harness.jobs.start(tick)
      for (const round of [1, 2, 3]) {
        await work.add(20)
        const before = kept()
        await passUntil(harness, () => work.done.length >= round * 20, 60)
        expect(kept() - before, 'ticks until all was done').toBeLessThanOrEqual(2)
      }
      await harness.jobs.stop()
      expect(once(work.done)).toBe(60)
    })
  })
}
