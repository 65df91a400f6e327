/** The two timer functions, so that tests can move time. */
export interface Timers {
  set(run: () => void, milliseconds: number): unknown
  clear(timer: unknown): void
}

/** Real timers, which do not keep the process alive. */
export const processTimers: Timers = {
  set: (run, milliseconds) => {
    const timer = setTimeout(run, milliseconds)
    timer.unref()
    return timer
  },
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
}
