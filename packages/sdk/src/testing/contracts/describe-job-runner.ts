import { expect } from 'vitest'
import type { JobRunner } from '../../ports/index.ts'
import { createGate } from './create-gate.ts'
import { describeSuite } from './suite.ts'
import type { Closable, Skip } from './suite.ts'

export interface JobRunnerHarness extends Closable {
  /** Not started. */
  readonly jobs: JobRunner
  /** Lets so much time pass, real or virtual, and whatever is due in it begin; milliseconds. */
  pass(ms: number): Promise<void>
}

const minute = 60_000

/** What every `JobRunner` must do, version 1 of the port. */
export function describeJobRunner(
  name: string,
  options: { readonly create: () => Promise<JobRunnerHarness>; readonly skip?: readonly Skip[] },
): void {
  describeSuite(`JobRunner: ${name}`, options, ({ test, secure }) => {
    const idle = { nextWakeAt: null }

    test('ticks at least each minute', async ({ jobs, pass }) => {
      let ticks = 0
      await jobs.start(async () => {
        ticks += 1
        return idle
      })
      await pass(minute)
      expect(ticks).toBeGreaterThan(0)
      const before = ticks
      await pass(minute)
      expect(ticks).toBeGreaterThan(before)
      await jobs.stop()
    })

    test('ticks on after a tick that threw', async ({ jobs, pass }) => {
      let ticks = 0
      await jobs.start(async () => {
        ticks += 1
        throw new Error('tick failed')
      })
      await pass(minute)
      await pass(minute)
      expect(ticks).toBeGreaterThan(1)
      await jobs.stop()
    })

    test('ticks soon after a wake', async ({ jobs, pass }) => {
      let ticks = 0
      await jobs.start(async () => {
        ticks += 1
        return idle
      })
      await pass(0)
      const before = ticks
      jobs.wake()
      jobs.wake()
      await pass(1000)
      expect(ticks).toBeGreaterThan(before)
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

    test('waits with stop for a running tick', async ({ jobs, pass }) => {
      const gate = createGate()
      let ended = 0
      let begun = 0
      await jobs.start(async () => {
        begun += 1
        await gate.opened
        ended += 1
        return idle
      })
      const passing = pass(minute)
      await until(() => begun > 0)
      let stopped = false
      const stopping = jobs.stop().then(() => (stopped = true))
      await Promise.resolve()
      expect(stopped).toBe(false)
      gate.open()
      await Promise.all([stopping, passing])
      expect(ended).toBe(begun)
    })

    secure('ticks no more after stop, also when woken', async ({ jobs, pass }) => {
      let ticks = 0
      await jobs.start(async () => {
        ticks += 1
        return idle
      })
      await pass(minute)
      await jobs.stop()
      const before = ticks
      jobs.wake()
      await pass(3 * minute)
      expect(ticks).toBe(before)
      await jobs.stop()
    })
  })
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !condition(); turn += 1) await new Promise((resolve) => queueMicrotask(() => resolve(undefined)))
  if (!condition()) throw new Error('The tick did not begin.')
}
