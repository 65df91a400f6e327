import { invalidArgument } from '../http/api-error.ts'
import type { CalendarState, EventResource, EventTime } from '../state/account-state.ts'
import { readEventTime, spanOf } from './event-times.ts'
import { isSeries, requireRecurrence } from './expand-series.ts'

const STATUSES = ['confirmed', 'tentative', 'cancelled']
const VALUES: Record<string, string[]> = {
  transparency: ['opaque', 'transparent'],
  visibility: ['default', 'public', 'private', 'confidential'],
}

/** An event as Google would keep it: times normalised, what contradicts itself refused. @throws ApiError 400 */
export function readEvent(event: EventResource, { timeZone, id }: CalendarState): EventResource {
  if (!STATUSES.includes(event.status)) throw invalidArgument('Invalid value for: status', 'invalid')
  for (const [name, values] of Object.entries(VALUES)) {
    const value = event[name]
    if (value !== undefined && !values.includes(String(value))) throw invalidArgument(`Invalid value for: ${name}`, 'invalid')
  }
  const read = { ...event, start: readEventTime('start', event.start, timeZone), end: readEventTime('end', event.end, timeZone) }
  requireTimes(read, timeZone)
  if (!isSeries(read)) delete read.recurrence
  else if (read.recurringEventId !== undefined) throw invalidArgument('An instance of a recurring event cannot recur itself.', 'invalid')
  else {
    if (read.start.date === undefined && read.start.timeZone === undefined) {
      throw invalidArgument('Missing time zone definition for start time.', 'required')
    }
    requireRecurrence(read, timeZone)
  }
  return event['attendees'] === undefined ? read : { ...read, attendees: readAttendees(event['attendees'], id) }
}

function requireTimes(event: { start: EventTime; end: EventTime }, timeZone: string): void {
  if ((event.start.date === undefined) !== (event.end.date === undefined)) {
    throw invalidArgument('The start and end times must either both be date or both be dateTime.', 'invalid')
  }
  const { from, to } = spanOf(event, timeZone)
  if (to < from) throw invalidArgument('The specified time range is empty.', 'timeRangeEmpty')
}

function readAttendees(attendees: unknown, calendarId: string): object[] {
  if (!Array.isArray(attendees)) throw invalidArgument('Invalid value for: attendees', 'invalid')
  return attendees.map((attendee: { email?: unknown } | null) => {
    const email = attendee?.email
    if (typeof email !== 'string' || !email.includes('@')) throw invalidArgument('Invalid attendee email.', 'invalid')
    return { responseStatus: 'needsAction', ...attendee, ...(email.toLowerCase() === calendarId.toLowerCase() ? { self: true } : {}) }
  })
}
