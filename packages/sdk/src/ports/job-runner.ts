/** Supplies ticks. Due times live in our own table, so missed, doubled or overlapping ticks are harmless. */
export interface JobRunner {
  /**
   * Calls `tick` now and then until stopped; the runner decides how often, at least each minute. One that takes long, because a task of it does, is
   * no reason to wait: the next one begins beside it, for a few at once.
   */
  start(tick: () => Promise<{ nextWakeAt: number | null }>): Promise<void>
  /** Asks for a tick soon, because work has just become due. Never fails the caller. */
  wake(): void
  /** Ticks no more, and waits for those that run. */
  stop(): Promise<void>
}
