import { describeJobRunner } from '@tenantry/sdk/testing/contracts'
import { createInProcessJobs } from './in-process.ts'
import type { Timers } from './in-process.ts'

/** Time that passes only when it is told to, for several runners at once. */
function createVirtualTime() {
  let elapsed = 0
  let ahead = 0
  const waiting: { readonly at: number; readonly run: () => void }[] = []
  const timers: Timers = {
    set: (run, milliseconds) => {
      const timer = { at: elapsed + milliseconds, run }
      waiting.push(timer)
      return timer
    },
    clear: (timer) => {
      const at = waiting.findIndex((one) => one === timer)
      if (at >= 0) waiting.splice(at, 1)
    },
  }
  return {
    timers,
    // What the clock says and how much time has passed are two things.
    clock: { now: () => Date.UTC(2026, 0, 1) + elapsed + ahead },
    jump: async (milliseconds: number) => void (ahead += milliseconds),
    async pass(milliseconds: number) {
      const end = elapsed + milliseconds
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= end).toSorted((left, right) => left.at - right.at)
        if (next === undefined) break
        elapsed = Math.max(elapsed, next.at)
        timers.clear(next)
        next.run()
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
      elapsed = end
      await new Promise<void>((resolve) => setImmediate(resolve))
    },
  }
}

describeJobRunner('createInProcessJobs', {
  create: async () => {
    const { timers, clock, jump, pass } = createVirtualTime()
    const create = () => createInProcessJobs({ timers, clock, logger: { log: () => undefined } })
    return {
      jobs: create(),
      clock,
      pass,
      jump,
      peer: async () => create(),
      stored: async () => [],
      async crash() {
        const victim = create()
        await victim.start(() => new Promise(() => undefined))
        await pass(1000)
      },
      close: async () => undefined,
    }
  },
  skip: [{ reason: 'there is no engine that could be lost', tests: ['wakes and stops without an error when the engine is gone'] }],
})
