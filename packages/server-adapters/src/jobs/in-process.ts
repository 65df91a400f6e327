import type { Clock, JobRunner, Logger } from '@tenantry/sdk/ports'
import { overlapTicks } from './overlap-ticks.ts'
import type { Ticks } from './overlap-ticks.ts'
import { processWarnings } from './process-warnings.ts'
import { startedAlready } from './run-tick.ts'
import { processTimers } from './timers.ts'
import type { Timers } from './timers.ts'

export type { Timers }

export interface InProcessJobsOptions {
  /** Longest pause between two ticks, in milliseconds, 1 to 60 000. Default 1000. */
  readonly everyMs?: number
  readonly clock?: Clock
  readonly timers?: Timers
  /** Hears of failing ticks. Default: a warning of the process. */
  readonly logger?: Logger
}

/** Work that is due already but cannot be claimed must not become a busy loop. */
const leastPauseMs = 25

/**
 * Ticks in this process: after each tick it sleeps until `nextWakeAt`, at most `everyMs`. A tick that takes longer than 10 seconds
 * gets another beside it, four at once at most, and a failing one stops nothing. It does not keep the process alive.
 */
export function createInProcessJobs(options: InProcessJobsOptions = {}): JobRunner {
  const { everyMs = 1000, clock = { now: () => Date.now() }, timers = processTimers, logger = processWarnings } = options
  if (!(everyMs >= 1 && everyMs <= 60_000)) throw new TypeError('createInProcessJobs: everyMs must be 1 to 60000 milliseconds.')

  let ticks: Ticks | null = null
  let timer: unknown = null
  let running: Promise<void> | null = null
  let woken = false

  const sleep = (milliseconds: number): void => {
    timers.clear(timer)
    timer = timers.set(begin, milliseconds)
  }

  const begin = (): void => {
    if (ticks !== null && running === null) running = run(ticks)
  }

  const run = async (current: Ticks): Promise<void> => {
    woken = false
    const nextWakeAt = await current.next()
    running = null
    if (ticks !== null) sleep(woken ? 0 : pauseUntil(nextWakeAt))
  }

  const pauseUntil = (nextWakeAt: number | null): number =>
    nextWakeAt === null ? everyMs : Math.min(everyMs, Math.max(nextWakeAt - clock.now(), leastPauseMs))

  return {
    async start(tick) {
      if (ticks !== null) throw new Error(startedAlready)
      ticks = overlapTicks(tick, { clock, timers, logger })
      if (running === null) sleep(0)
    },
    wake() {
      // Setting the timer anew each time would let a stream of wakes put the tick off for ever.
      if (woken) return
      woken = true
      if (ticks !== null && running === null) sleep(0)
    },
    async stop() {
      const stopping = ticks
      ticks = null
      timers.clear(timer)
      await running
      await stopping?.ended()
    },
  }
}
