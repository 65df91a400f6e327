import type { Clock } from '../../ports/index.ts'

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves forward; milliseconds, never negative. */
  advance(ms: number): void
  /** Jumps to a time; epoch milliseconds. Backwards is allowed, because real clocks do it too. */
  set(time: number): void
}

/** Where manual clocks start: 2026-01-01T00:00:00Z, epoch milliseconds. */
export const manualClockStart = Date.UTC(2026, 0, 1)

export function createManualClock(start: number = manualClockStart): ManualClock {
  let time = start
  return {
    now: () => time,
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError('A clock advances by zero or more milliseconds.')
      time += ms
    },
    set(next) {
      time = next
    },
  }
}
