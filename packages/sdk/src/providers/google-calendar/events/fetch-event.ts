import { TenantryError } from '../../../errors/index.ts'
import type { GoogleCalendarEvent } from '../../../ports/index.ts'
import type { OpenCalendar } from './open-calendar.ts'

/** The event as Google has it now. @throws `event_gone` also when it was cancelled */
export async function fetchEvent({ calendarId, ask }: OpenCalendar, eventId: string): Promise<GoogleCalendarEvent> {
  const raw = await ask((gateway, user) => gateway.getEvent(user, { calendarId, eventId }))
  if (raw['status'] === 'cancelled') throw new TenantryError('event_gone')
  return raw
}
