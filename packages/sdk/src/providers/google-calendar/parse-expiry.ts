const yearMs = 366 * 24 * 60 * 60_000

/**
 * When a channel ends, in epoch milliseconds, however Google writes it: as digits or a number in an answer, as an HTTP date (RFC 9110, 5.6.7)
 * in the header of a post. `null` when it cannot be read, has passed, or is more than a year away.
 */
export function parseExpiry(value: string | number | null, now: number): number | null {
  const end = typeof value === 'string' ? readText(value) : value
  return end !== null && Number.isSafeInteger(end) && end > now && end - now <= yearMs ? end : null
}

function readText(text: string): number {
  if (/^\d{1,16}$/.test(text)) return Number(text)
  const time = Date.parse(text)
  // The parser takes almost anything for a date.
  return new Date(time).toUTCString() === text ? time : Number.NaN
}
