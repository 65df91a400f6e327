const MINUTE_MS = 60_000

/** Whether a moment is past or less than a minute away: its time of day would say nothing. `now` is `null` before mount. */
export function isDue(iso: string, now: number | null): boolean {
  return now !== null && new Date(iso).getTime() - now < MINUTE_MS
}
