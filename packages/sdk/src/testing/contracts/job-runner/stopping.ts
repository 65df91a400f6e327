import { expect } from 'vitest'
import { createGate } from '../create-gate.ts'
import { createCounter, idle, minute, passUntil } from './harness.ts'
import type { JobRunnerSuite } from './harness.ts'

export function describeStopping({ group, test, secure }: JobRunnerSuite): void {
  group('starting and stopping', () => {
    test('waits with stop for a running tick', async (harness) => {
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
      await passUntil(harness, () => begun > 0)
      let stopped = false
      const stopping = jobs.stop().then(() => (stopped = true))
      await pass(5000)
      expect(stopped).toBe(false)
      gate.open()
      await stopping
      expect(ended).toBe(begun)
      await pass(3 * minute)
      expect(begun).toBe(ended)
    })

    secure('ticks no more after stop, also when woken', async ({ jobs, pass }) => {
      const { tick, count } = createCounter()
      await jobs.start(tick)
      await pass(minute)
      await jobs.stop()
      const before = count()
      jobs.wake()
      await pass(3 * minute)
      expect(count()).toBe(before)
      await jobs.stop()
    })

    test('refuses a second start, and goes on with the first', async (harness) => {
      const first = createCounter()
      const second = createCounter()
      await harness.jobs.start(first.tick)
      await expect(harness.jobs.start(second.tick)).rejects.toThrow(/started already/)
      await passUntil(harness, () => first.count() > 0)
      expect(second.count()).toBe(0)
      await harness.jobs.stop()
    })

    test('starts again after a stop', async (harness) => {
      const first = createCounter()
      const second = createCounter()
      await harness.jobs.start(first.tick)
      await harness.jobs.stop()
      const before = first.count()
      await harness.jobs.start(second.tick)
      await passUntil(harness, () => second.count() > 0)
      expect(first.count()).toBe(before)
      await harness.jobs.stop()
    })

    test('leaves the ticks to the others when one of several stops', async (harness) => {
      const peer = await harness.peer()
      const first = createCounter()
      const second = createCounter()
      await harness.jobs.start(first.tick)
      await peer.start(second.tick)
      await harness.pass(minute)
      await harness.jobs.stop()
      const before = [first.count(), second.count()] as const
      await passUntil(harness, () => second.count() > before[1])
      expect(first.count()).toBe(before[0])
      await peer.stop()
    })
  })
}
