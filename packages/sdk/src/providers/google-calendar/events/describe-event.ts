import { TenantryError } from '../../../errors/index.ts'
import type { CalendarEvent } from '../../../model/calendar-event.ts'
import type { GoogleCalendarEvent } from '../../../ports/index.ts'
import { readEvent } from '../read-event.ts'
import type { OpenCalendar } from './open-calendar.ts'

/** An event as the host gets it. @throws `event_unreadable` */
export async function describeEvent(calendar: OpenCalendar, raw: GoogleCalendarEvent): Promise<CalendarEvent> {
  const { calendarId } = calendar
  const read = readEvent(raw, { calendarId, timeZone: 'UTC' })
  if (read === null || read.unreadable !== null) throw new TenantryError('event_unreadable')
  const { start, originalStart } = read.event
  if (start?.allDay !== true && originalStart?.allDay !== true) return read.event
  // Only a whole day begins at another instant in another zone.
  const { timeZone } = await calendar.ask((gateway, user) => gateway.getCalendar(user, calendarId))
  return readEvent(raw, { calendarId, timeZone: timeZone ?? 'UTC' })?.event ?? read.event
}
