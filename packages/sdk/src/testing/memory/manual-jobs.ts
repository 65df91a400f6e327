import type { JobRunner } from '../../ports/index.ts'

type Tick = Parameters<JobRunner['start']>[0]

/** Ticks only when a test says so. */
export interface ManualJobs extends JobRunner {
  /** Runs one tick. @returns its result, or `null` when the runner is not started or was stopped; what the tick throws is passed on */
  tick(): Promise<Awaited<ReturnType<Tick>> | null>
  /** How often `wake` was called. */
  readonly wakes: number
}

export function createManualJobs(): ManualJobs {
  let current: Tick | null = null
  let wakes = 0
  const running = new Set<Promise<unknown>>()

  return {
    async start(tick) {
      current = tick
    },
    async tick() {
      if (current === null) return null
      const run = current()
      running.add(run)
      try {
        return await run
      } finally {
        running.delete(run)
      }
    },
    wake() {
      wakes += 1
    },
    get wakes() {
      return wakes
    },
    async stop() {
      current = null
      await Promise.allSettled(running)
    },
  }
}
