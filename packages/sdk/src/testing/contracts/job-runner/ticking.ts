import { expect } from 'vitest'
import { createGate } from '../create-gate.ts'
import { createCounter, idle, minute, passUntil } from './harness.ts'
import type { JobRunnerSuite } from './harness.ts'

export function describeTicking({ group, test }: JobRunnerSuite): void {
  group('ticking', () => {
    test('ticks at least each minute', async ({ jobs, pass }) => {
      const { tick, count } = createCounter()
      await jobs.start(tick)
      for (const at of [1, 2, 3]) {
        const before = count()
        await pass(minute)
        expect(count(), `ticks in minute ${at}`).toBeGreaterThan(before)
      }
      await jobs.stop()
    })

    test('ticks on after a tick that threw, at once or later', async (harness) => {
      let ticks = 0
      await harness.jobs.start(() => {
        ticks += 1
        if (ticks % 2 === 0) throw new Error('tick failed')
        return Promise.reject(new Error('tick failed'))
      })
      await passUntil(harness, () => ticks > 3)
      await harness.jobs.stop()
    })

    test('does not let a running tick keep wakes from being heard', async (harness) => {
      const { jobs, pass } = harness
      let ticks = 0
      let woken = false
      await jobs.start(async () => {
        ticks += 1
        // The work that this wake is about became due too late for this tick.
        if (!woken) jobs.wake()
        woken = true
        return idle
      })
      await passUntil(harness, () => ticks > 0)
      await pass(5000)
      expect(ticks).toBeGreaterThan(1)
      await jobs.stop()
    })

    test('ticks beside one that takes long, though not beside ever more of them, and waits with stop for all', async (harness) => {
      const { jobs, pass } = harness
      const gate = createGate()
      let begun = 0
      let ended = 0
      await jobs.start(async () => {
        begun += 1
        await gate.opened
        ended += 1
        return idle
      })
      await passUntil(harness, () => begun > 1)
      for (let turn = 0; turn < 3; turn += 1) {
        for (let wake = 0; wake < 20; wake += 1) jobs.wake()
        await pass(minute)
      }
      expect(begun).toBeLessThan(10)
      const stopping = jobs.stop()
      gate.open()
      await stopping
      expect(ended).toBe(begun)
    })

    test('ticks soon after a wake', async ({ jobs, pass }) => {
      const { tick, count } = createCounter()
      await jobs.start(tick)
      await pass(5000)
      const before = count()
      jobs.wake()
      jobs.wake()
      await pass(5000)
      expect(count()).toBeGreaterThan(before)
      await jobs.stop()
    })

    test('makes few ticks of many wakes', async ({ jobs, pass }) => {
      const { tick, count } = createCounter()
      await jobs.start(tick)
      await pass(5000)
      const before = count()
      for (let turn = 0; turn < 300; turn += 1) jobs.wake()
      await pass(5000)
      expect(count() - before).toBeGreaterThan(0)
      expect(count() - before).toBeLessThan(20)
      await jobs.stop()
    })

    test('never fails the caller of wake, also before start and after stop', async ({ jobs }) => {
      expect(() => jobs.wake()).not.toThrow()
      await jobs.start(async () => {
        throw new Error('tick failed')
      })
      expect(() => jobs.wake()).not.toThrow()
      await jobs.stop()
      expect(() => jobs.wake()).not.toThrow()
    })
  })
}
