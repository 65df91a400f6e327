import type { Span } from './event-times.ts'

/** Two years are more than a calendar on a screen shows, and few enough to list. */
const HORIZON = 2 * 366 * 86_400_000

/** The span in which series are expanded. One without end stops somewhere at Google too, which does not say where. */
export function withHorizon(within: Span, now: number): Span {
  return within.to === Number.POSITIVE_INFINITY ? { ...within, to: Math.max(now, within.from) + HORIZON } : within
}
