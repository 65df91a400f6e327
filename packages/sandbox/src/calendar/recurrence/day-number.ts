export const DAY = 86_400_000

/** Days since 1 January 1970; a month may be beyond the year. */
export function dayNumber(year: number, month: number, date: number): number {
  return Date.UTC(year, month, date) / DAY
}

export function daysInYear(year: number): number {
  return dayNumber(year + 1, 0, 1) - dayNumber(year, 0, 1)
}

export function yearOf(day: number): number {
  return new Date(day * DAY).getUTCFullYear()
}

/** 0 is January. */
export function monthOf(day: number): number {
  return new Date(day * DAY).getUTCMonth()
}

export function dateOf(day: number): number {
  return new Date(day * DAY).getUTCDate()
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return new Date(day * DAY).getUTCDay()
}
