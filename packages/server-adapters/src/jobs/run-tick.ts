import { isTenantryError } from '@tenantry/sdk/errors'
import type { JobRunner, Logger } from '@tenantry/sdk/ports'

export type Tick = Parameters<JobRunner['start']>[0]

/** Ticks once; a failing tick tells the log its code, and nobody anything else. */
export async function runTick(tick: Tick, logger: Logger): Promise<number | null> {
  try {
    return (await tick()).nextWakeAt
  } catch (error) {
    // Due times live in the store, so the next tick takes up what this one left.
    logger.log('error', 'jobs.tick_failed', { code: isTenantryError(error) ? error.code : 'internal' })
    return null
  }
}

/** Every runner refuses a second start in these words. */
export const startedAlready = 'The job runner is started already. Stop it first.'
