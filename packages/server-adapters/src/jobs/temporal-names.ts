/** What the client, the worker and the workflow call the same things. */
export const defaultTaskQueue = 'tenantry.tick'
export const workflowType = 'tenantryTick'
export const wakeSignal = 'tenantry.wake'

/** The one activity. It takes nothing, and answers with how long to wait: nothing else goes into a history. */
export interface TickActivities {
  /** @returns milliseconds until work is due; 0 when work is left over; `null` when the schedule comes early enough */
  sweep(): Promise<number | null>
}
