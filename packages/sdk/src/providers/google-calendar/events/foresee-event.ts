import { TenantryError } from '../../../errors/index.ts'
import type { CalendarEvent } from '../../../model/calendar-event.ts'
import type { GoogleCalendarEvent } from '../../../ports/index.ts'
import { readEvent } from '../read-event.ts'
import type { ParsedChanges } from './event-input.ts'
import { checkTimes } from './event-times.ts'
import type { OpenCalendar } from './open-calendar.ts'

/** What a write will make of an event, checked before it is made. @throws `invalid_input`, `event_unreadable` */
export function foreseeEvent({ calendarId }: OpenCalendar, raw: GoogleCalendarEvent, changes: ParsedChanges): CalendarEvent {
  // In which zone a whole day is does not matter here.
  const read = readEvent(raw, { calendarId, timeZone: 'UTC' })
  if (read !== null) checkTimes(read.event, changes)
  if (read === null || read.unreadable !== null) throw new TenantryError('event_unreadable')
  return read.event
}
