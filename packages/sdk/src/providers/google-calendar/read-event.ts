import type { ErrorCode } from '../../errors/index.ts'
import type { CalendarAttendee, CalendarEvent, CalendarMoment } from '../../model/calendar-event.ts'
import { instantOf } from '../../model/time-zone.ts'
import type { GoogleCalendarEvent } from '../../ports/index.ts'

export interface CalendarFacts {
  readonly calendarId: string
  /** The calendar's own, IANA name. */
  readonly timeZone: string
}

export interface ReadEvent {
  readonly event: CalendarEvent
  /** Why it cannot be handed over. */
  readonly unreadable: ErrorCode | null
}

const recurrenceLine =
  /^(?:(?:EXRULE|RRULE):(?=(?:.*;)?FREQ=(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)\b)|(?:RDATE|EXDATE)[;:])[\x20-\x7E]{1,4000}$/

/**
 * An event as Google sends it, in our words; `null` when it has no id, because then it cannot be told apart from others.
 * Source: developers.google.com/workspace/calendar/api/v3/reference/events.
 */
export function readEvent(raw: GoogleCalendarEvent, facts: CalendarFacts): ReadEvent | null {
  const eventId = text(raw['id'])
  if (eventId === null || !/^[\x21\x23-\x5B\x5D-\x7E]{1,1024}$/.test(eventId)) return null
  const status = text(raw['status']) ?? 'confirmed'
  const start = readMoment(raw['start'], facts.timeZone)
  const end = readMoment(raw['end'], facts.timeZone)
  const recurrence = readRecurrence(raw['recurrence'])
  const event: CalendarEvent = {
    calendarId: facts.calendarId,
    eventId,
    etag: text(raw['etag']),
    status,
    title: text(raw['summary']),
    description: text(raw['description']),
    location: text(raw['location']),
    start,
    end,
    recurrence: recurrence ?? [],
    recurringEventId: text(raw['recurringEventId']),
    originalStart: readMoment(raw['originalStartTime'], facts.timeZone),
    shownAs: raw['transparency'] === 'transparent' ? 'free' : 'busy',
    organizer: text(record(raw['organizer'])['email']),
    attendees: list(raw['attendees']).flatMap(readAttendee),
    updated: text(raw['updated']),
    link: text(raw['htmlLink']),
  }
  const readable = status === 'cancelled' || (start !== null && end !== null && start.instant <= end.instant && recurrence !== null)
  return { event, unreadable: readable ? null : 'event_unreadable' }
}

function readMoment(value: unknown, calendarTimeZone: string): CalendarMoment | null {
  const { date, dateTime, timeZone } = record(value)
  const moment = text(dateTime) ?? text(date)
  if (moment === null) return null
  const allDay = text(dateTime) === null
  const read = { value: moment, allDay, timeZone: text(timeZone) ?? (allDay ? calendarTimeZone : null) }
  const instant = instantOf(read, calendarTimeZone)
  return instant === null ? null : { ...read, instant: new Date(instant).toISOString() }
}

/** `null` when a line is not what RFC 5545 has; what a line means is for whoever expands it. */
function readRecurrence(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return null
  const lines = value.filter((line): line is string => typeof line === 'string' && recurrenceLine.test(line))
  return lines.length === value.length ? lines : null
}

function readAttendee(value: unknown): CalendarAttendee[] {
  const { email, displayName, responseStatus, optional, self } = record(value)
  const address = text(email)
  if (address === null) return []
  const response = text(responseStatus) ?? 'needsAction'
  return [{ address, name: text(displayName), response, optional: optional === true, self: self === true }]
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
