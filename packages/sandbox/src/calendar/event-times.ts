import { DateTime } from 'luxon'
import { invalidArgument } from '../http/api-error.ts'
import type { EventResource, EventTime } from '../state/account-state.ts'
import { formatInstant, instantOfWall, isZone } from './zone-time.ts'

const DATE = /^\d{4}-\d\d-\d\d$/
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/i
const OFFSET = /(Z|[+-]\d\d:\d\d)$/i

/** When an event takes place, epoch ms; `to` is exclusive. A whole day begins at midnight in the calendar's zone. */
export interface Span {
  from: number
  to: number
}

/** A time as Google keeps it: whole seconds, with the offset of the calendar's zone. @throws ApiError 400 */
export function readEventTime(name: 'start' | 'end', time: EventTime | undefined, calendarZone: string): EventTime {
  const { date, dateTime, timeZone } = time ?? {}
  if (date === undefined && dateTime === undefined) throw invalidArgument(`Missing ${name} time.`, 'required')
  if (date !== undefined && dateTime !== undefined) throw invalidArgument(`Invalid ${name} time.`, 'invalid')
  if (timeZone !== undefined && !isZone(timeZone)) throw invalidArgument(`Invalid time zone definition for ${name} time.`, 'invalid')
  if (date !== undefined) {
    if (!DATE.test(date) || !DateTime.fromISO(date).isValid)
      throw invalidArgument(`Invalid value for: Invalid format: "${date}"`, 'invalid')
    return { date }
  }
  const instant = Math.floor(readDateTime(name, String(dateTime), timeZone) / 1000) * 1000
  return { dateTime: formatInstant(instant, calendarZone), ...(timeZone === undefined ? {} : { timeZone }) }
}

/** True for an event of whole days. */
export function isAllDay({ start }: Pick<EventResource, 'start'>): boolean {
  return typeof start?.date === 'string'
}

/** Epoch ms of a stored time; NaN for one that says nothing. */
export function instantOf(time: EventTime | undefined, calendarZone: string): number {
  return typeof time?.date === 'string' ? instantOfWall(Date.parse(time.date), calendarZone) : Date.parse(time?.dateTime ?? '')
}

// Listings ask again and again; each write makes a new resource, so what is known of one stays true.
const spans = new WeakMap<object, Span>()

/** When an event, or the first instance of a series, takes place. */
export function spanOf(event: Pick<EventResource, 'start' | 'end'>, calendarZone: string): Span {
  const known = spans.get(event)
  if (known) return known
  const span = { from: instantOf(event.start, calendarZone), to: instantOf(event.end, calendarZone) }
  spans.set(event, span)
  return span
}

/** True when an event takes place, at least in part, within a span; bounds are exclusive. */
export function overlaps(event: Span, within: Span): boolean {
  return event.to > within.from && event.from < within.to
}

/** The same time, written with the offset of another zone. */
export function inZone(time: EventTime, zone: string): EventTime {
  const instant = Date.parse(time.dateTime ?? '')
  return Number.isNaN(instant) ? time : { ...time, dateTime: formatInstant(instant, zone) }
}

function readDateTime(name: string, text: string, timeZone: string | undefined): number {
  const read = DateTime.fromISO(text, { zone: 'utc' })
  if (!DATE_TIME.test(text) || !read.isValid) throw invalidArgument(`Invalid value for: Invalid format: "${text}"`, 'invalid')
  if (OFFSET.test(text)) return read.toMillis()
  if (timeZone === undefined) throw invalidArgument(`Missing time zone definition for ${name} time.`, 'required')
  return instantOfWall(read.toMillis(), timeZone)
}
