import type { Clock, Logger } from '@tenantry/sdk/ports'
import { runTick } from './run-tick.ts'
import type { Tick } from './run-tick.ts'
import type { Timers } from './timers.ts'

/** As long as a sweep claims; then it only waits for what it has begun. */
const patienceMs = 10_000
const mostAtOnce = 4

export interface Ticks {
  /** Ticks once, and waits no longer than a tick should take. @returns when to tick again, `null` when it does not matter */
  next(): Promise<number | null>
  /** Resolves when none runs any more. */
  ended(): Promise<void>
}

/** A tick that takes long holds up no other: the next one may begin beside it, a few at once at most. */
export function overlapTicks(
  tick: Tick,
  { clock, timers, logger }: { readonly clock: Clock; readonly timers: Timers; readonly logger: Logger },
): Ticks {
  const running = new Set<Promise<number | null>>()
  return {
    async next() {
      if (running.size >= mostAtOnce) return clock.now() + patienceMs
      const ticking = runTick(tick, logger).finally(() => running.delete(ticking))
      running.add(ticking)
      let timer: unknown = null
      const late = new Promise<number>((resolve) => {
        // What it leaves behind is not known yet, so another one looks at once.
        timer = timers.set(() => resolve(clock.now()), patienceMs)
      })
      const nextWakeAt = await Promise.race([ticking, late])
      timers.clear(timer)
      return nextWakeAt
    },
    async ended() {
      await Promise.all(running)
    },
  }
}
