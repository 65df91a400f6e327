import { describeJobRunner } from '@tenantry/sdk/testing/contracts'
import { createInProcessJobs } from './in-process.ts'
import type { Timers } from './in-process.ts'

/** Time that passes only when it is told to. */
function createVirtualTime() {
  let now = 0
  let next: { readonly at: number; readonly run: () => void } | null = null
  const timers: Timers = {
    set: (run, milliseconds) => (next = { at: now + milliseconds, run }),
    clear: (timer) => {
      if (timer === next) next = null
    },
  }
  return {
    timers,
    clock: { now: () => now },
    async pass(milliseconds: number) {
      const end = now + milliseconds
      while (next !== null && next.at <= end) {
        const { at, run } = next
        next = null
        now = at
        run()
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
      }
      now = end
    },
  }
}

describeJobRunner('createInProcessJobs', {
  create: async () => {
    const { timers, clock, pass } = createVirtualTime()
    return { jobs: createInProcessJobs({ timers, clock, logger: { log: () => undefined } }), pass, close: async () => undefined }
  },
})
