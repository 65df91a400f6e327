/** Supplies ticks. Due times live in our own table, so missed, doubled or overlapping ticks are harmless. */
export interface JobRunner {
  /** Calls `tick` now and then until stopped; the runner decides how often, at least each minute. */
  start(tick: () => Promise<{ nextWakeAt: number | null }>): Promise<void>
  /** Asks for a tick soon, because work has just become due. Never fails the caller. */
  wake(): void
  /** Waits for a running tick to end, then ticks no more. */
  stop(): Promise<void>
}
