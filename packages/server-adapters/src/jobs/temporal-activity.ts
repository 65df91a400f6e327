import { Context } from '@temporalio/activity'
import type { Clock, Logger } from '@tenantry/sdk/ports'
import { runTick } from './run-tick.ts'
import type { Tick } from './run-tick.ts'
import type { TickActivities } from './temporal-names.ts'

export interface TickActivityOptions {
  readonly tick: Tick
  readonly everyMs: number
  readonly clock: Clock
  readonly logger: Logger
}

/** Heartbeats for as long as the tick runs. A tick cannot be cancelled: it ends by its own budget. */
export function createTickActivities({ tick, everyMs, clock, logger }: TickActivityOptions): TickActivities {
  return {
    async sweep() {
      const context = Context.current()
      const beating = setInterval(() => context.heartbeat(), (context.info.heartbeatTimeoutMs ?? 15_000) / 3)
      try {
        const nextWakeAt = await runTick(tick, logger)
        const now = clock.now()
        return nextWakeAt === null || nextWakeAt >= now + everyMs ? null : Math.max(nextWakeAt - now, 0)
      } finally {
        clearInterval(beating)
      }
    },
  }
}
