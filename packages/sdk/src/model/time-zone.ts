import { clockOf, composeWallTime, firstMoment, fromWallTime, toWallTime } from './wall-time.ts'

const dayMs = 86_400_000
const date = /^(\d{4})-(\d\d)-(\d\d)$/
const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/i

/** The years 1 to 9999, as RFC 3339 has them. */
const earliest = -62_135_596_800_000
const latest = 253_402_300_799_999

/** True for a name of the IANA time zone database that this runtime knows, in any case; an offset such as `+01:00` is none. */
export function isTimeZone(name: string): boolean {
  return clockOf(name) !== null
}

/**
 * Whole epoch ms of an RFC 3339 date-time, of one without offset in its own or else the calendar's time zone, or of a date, which begins
 * at the first moment of its day in the calendar's. A time that the clock skips moves on by the length of the gap; of one that comes twice
 * it is the first. `null` for what is no such time, a leap second included, or is in no year from 1 to 9999.
 */
export function instantOf(
  { value, allDay, timeZone }: { readonly value: string; readonly allDay: boolean; readonly timeZone: string | null },
  calendarTimeZone: string,
): number | null {
  const instant = allDay ? instantOfDate(value, calendarTimeZone) : instantOfDateTime(value, timeZone ?? calendarTimeZone)
  // Also false for NaN.
  return instant >= earliest && instant <= latest ? instant : null
}

/** Epoch ms at which a day begins in a time zone: the day of the instant plus so many. A zone that this runtime does not know counts as UTC. */
export function startOfDay(instantMs: number, timeZone: string, plusDays: number): number {
  const clock = clockOf(timeZone)
  const wall = (clock === null ? instantMs : toWallTime(instantMs, clock)) + plusDays * dayMs
  const midnight = Math.floor(wall / dayMs) * dayMs
  return clock === null ? midnight : firstMoment(midnight, clock)
}

function instantOfDate(value: string, timeZone: string): number {
  const midnight = composeWallTime(date.exec(value)?.slice(1).map(Number) ?? [])
  const clock = clockOf(timeZone)
  return clock === null || Number.isNaN(midnight) ? Number.NaN : firstMoment(midnight, clock)
}

function instantOfDateTime(value: string, timeZone: string): number {
  const parts = dateTime.exec(value)
  if (parts === null) return Number.NaN
  const [hour = 0, minute = 0, second = 0] = parts.slice(4, 7).map(Number)
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN
  const wall = composeWallTime(parts.slice(1, 7).map(Number)) + Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const offset = parts[8]
  if (offset !== undefined) return wall - readOffset(offset)
  const clock = clockOf(timeZone)
  return clock === null || Number.isNaN(wall) ? Number.NaN : fromWallTime(wall, clock)
}

function readOffset(offset: string): number {
  if (/^z$/i.test(offset)) return 0
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
  if (hours > 23 || minutes > 59) return Number.NaN
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
