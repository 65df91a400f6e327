import type { CalendarMoment } from '../model/calendar-event.ts'
import { clockOf, firstMoment, fromWallTime, toWallTime } from '../model/wall-time.ts'

/** The clock that a series goes by. A wall time is epoch ms of a clock in UTC that shows the same; for a whole day, of its midnight. */
export interface SeriesClock {
  readonly allDay: boolean
  toWall(instant: number): number
  toInstant(wall: number): number
}

/** The clock of a moment's time zone; where that is not known, one that keeps the moment's offset. */
export function seriesClock(moment: CalendarMoment): SeriesClock {
  const { allDay, timeZone } = moment
  const clock = clockOf(timeZone ?? '')
  if (clock === null) {
    const offset = shownBy(moment) - Date.parse(moment.instant)
    return { allDay, toWall: (instant) => instant + offset, toInstant: (wall) => wall - offset }
  }
  return {
    allDay,
    toWall: (instant) => toWallTime(instant, clock),
    toInstant: (wall) => (allDay ? firstMoment(wall, clock) : fromWallTime(wall, clock)),
  }
}

/** The wall time that a moment is written as. */
export function shownBy({ value, allDay }: CalendarMoment): number {
  return Date.parse(`${allDay ? value : value.slice(0, 19)}${allDay ? '' : 'Z'}`)
}

/** A day as `CalendarMoment` has it. */
export function writeDay(wall: number, { timeZone }: CalendarMoment, clock: SeriesClock): CalendarMoment {
  return { value: text(wall).slice(0, 10), allDay: true, timeZone, instant: text(clock.toInstant(wall)) }
}

/** A date-time as `CalendarMoment` has it, with the offset of the clock. */
export function writeDateTime(instant: number, { timeZone }: CalendarMoment, clock: SeriesClock): CalendarMoment {
  const minutes = (clock.toWall(instant) - instant) / 60_000
  // RFC 3339 cannot write the seconds that offsets had before there were time zones.
  const offset = Number.isInteger(minutes) ? minutes : 0
  const value = text(instant + offset * 60_000).replace(/(\.000)?Z$/, writeOffset(offset))
  return { value, allDay: false, timeZone, instant: text(instant) }
}

function writeOffset(minutes: number): string {
  if (minutes === 0) return 'Z'
  const pair = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'))
  return `${minutes < 0 ? '-' : '+'}${pair.join(':')}`
}

const text = (at: number) => new Date(at).toISOString()
