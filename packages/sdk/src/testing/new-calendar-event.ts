import { bareCalendarEvent } from '../model/calendar-event.ts'
import type { CalendarEvent } from '../model/calendar-event.ts'

/** A calendar event as `calendar.changed` tells it, for a host's own tests: confirmed, and empty where nothing is named. */
export function newCalendarEvent(fields: Partial<CalendarEvent> & Pick<CalendarEvent, 'eventId'>): CalendarEvent {
  const { calendarId = 'team@group.calendar.google.com', eventId } = fields
  return { ...bareCalendarEvent({ calendarId, eventId, status: 'confirmed' }), ...fields }
}
