const longestMs = 24 * 60 * 60_000

/** The wait that an answer asks for, in milliseconds, at most a day. RFC 9110 section 10.2.3: seconds or a date. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (!text) return undefined
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : /^\w{3,9}, .+ GMT$/.test(text) ? Date.parse(text) - now : Number.NaN
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestMs) : undefined
}
