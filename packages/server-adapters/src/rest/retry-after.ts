const longestMs = 24 * 60 * 60_000

/** `Retry-After` as milliseconds from now, at most a day: seconds or an HTTP date (RFC 9110, 10.2.3). */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, longestMs)
  // A bare number or fragment would also parse as some date.
  const time = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.min(Math.max(0, time - now), longestMs)
}
