import { Context } from '@temporalio/activity'
import type { Clock } from '@tenantry/sdk/ports'
import type { Ticks } from './overlap-ticks.ts'
import type { TickActivities } from './temporal-names.ts'

export interface TickActivityOptions {
  readonly ticks: Pick<Ticks, 'next'>
  readonly everyMs: number
  readonly clock: Clock
}

/** Heartbeats for as long as it waits for the tick. A tick cannot be cancelled: it ends by its own budget. */
export function createTickActivities({ ticks, everyMs, clock }: TickActivityOptions): TickActivities {
  return {
    async sweep() {
      const context = Context.current()
      const beating = setInterval(() => context.heartbeat(), (context.info.heartbeatTimeoutMs ?? 15_000) / 3)
      try {
        const nextWakeAt = await ticks.next()
        const now = clock.now()
        return nextWakeAt === null || nextWakeAt >= now + everyMs ? null : Math.max(nextWakeAt - now, 0)
      } finally {
        clearInterval(beating)
      }
    },
  }
}
