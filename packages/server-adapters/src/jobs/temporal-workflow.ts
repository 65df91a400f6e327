import { condition, continueAsNew, defineSignal, isCancellation, proxyActivities, setHandler } from '@temporalio/workflow'
import { wakeSignal } from './temporal-names.ts'
import type { TickActivities } from './temporal-names.ts'

const { sweep } = proxyActivities<TickActivities>({
  heartbeatTimeout: '15 seconds',
  startToCloseTimeout: '15 minutes',
  // The next tick takes up what this one left.
  retry: { maximumAttempts: 1 },
})

const leastPauseMs = 1000
const widest = 16
/** Keeps a history short. */
const roundsPerRun = 20

/**
 * One sweep, and another for as long as work is due before the schedule would start the next run. While work is left over, twice as many
 * sweeps run at once in each round, so that idle workers join.
 */
export async function tenantryTick(): Promise<void> {
  let woken = false
  setHandler(defineSignal(wakeSignal), () => {
    woken = true
  })
  let width = 1
  for (let round = 0; round < roundsPerRun; round += 1) {
    woken = false
    const pauses = await Promise.all(Array.from({ length: width }, sweepOnce))
    const due = pauses.filter((pause) => pause !== null)
    if (due.length === 0 && !woken) return
    const pauseMs = Math.min(...due)
    width = pauseMs === 0 ? Math.min(width * 2, widest) : 1
    if (due.length > 0) await condition(() => woken, Math.max(pauseMs, leastPauseMs))
  }
  await continueAsNew()
}

/** A worker that died, or a sweep that was lost, is only late. */
async function sweepOnce(): Promise<number | null> {
  try {
    return await sweep()
  } catch (error) {
    if (isCancellation(error)) throw error
    return null
  }
}
