import { TenantryError } from '../../../errors/index.ts'
import type { GoogleCalendarEvent } from '../../../ports/index.ts'
import { askAboutEvent } from './ask-about-event.ts'
import type { OpenCalendar } from './open-calendar.ts'

/** The event as Google has it now. @throws `event_gone` also when it was cancelled, `calendar_not_found` */
export async function fetchEvent(calendar: OpenCalendar, eventId: string): Promise<GoogleCalendarEvent> {
  const { calendarId } = calendar
  const raw = await askAboutEvent(calendar, (gateway, user) => gateway.getEvent(user, { calendarId, eventId }))
  if (raw['status'] === 'cancelled') throw new TenantryError('event_gone')
  return raw
}
