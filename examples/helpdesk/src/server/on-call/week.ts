import { HTTPException } from 'hono/http-exception'

const dayMs = 86_400_000

/** Seven days, by their Monday: `2026-03-02`. */
export interface Week {
  readonly monday: string
  /** Epoch ms; a day more at both ends, because days begin at other times elsewhere. */
  readonly from: number
  readonly to: number
}

/** The week of a date, or the present one in a time zone. @throws HTTPException for what is no date or no time zone */
export function readWeek(date: string | undefined, timeZone: string, now: number): Week {
  const text = date ?? dateIn(timeZone, now)
  const day = Date.parse(`${text}T00:00:00Z`)
  // Databases have no year 0 and browsers no year 10000, and nobody is on call in either.
  if (!/^[12]\d{3}-/.test(text) || Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text) throw refuse('invalid_week')
  const monday = day - ((new Date(day).getUTCDay() + 6) % 7) * dayMs
  return { monday: new Date(monday).toISOString().slice(0, 10), from: monday - dayMs, to: monday + 8 * dayMs }
}

function dateIn(timeZone: string, now: number): string {
  try {
    // Sweden writes dates as ISO 8601 does.
    return new Date(now).toLocaleDateString('sv', { timeZone })
  } catch {
    throw refuse('invalid_time_zone')
  }
}

const refuse = (message: string) => new HTTPException(422, { message })
