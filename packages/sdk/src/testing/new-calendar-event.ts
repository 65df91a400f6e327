import type { CalendarEvent } from '../model/calendar-event.ts'

/** A calendar event as `calendar.changed` tells it, for a host's own tests: confirmed, and empty where nothing is named. */
export function newCalendarEvent(fields: Partial<CalendarEvent> & Pick<CalendarEvent, 'eventId'>): CalendarEvent {
  return {
    calendarId: 'team@group.calendar.google.com',
    etag: null,
    status: 'confirmed',
    title: null,
    description: null,
    location: null,
    start: null,
    end: null,
    recurrence: [],
    recurringEventId: null,
    originalStart: null,
    shownAs: 'busy',
    organizer: null,
    attendees: [],
    updated: null,
    link: null,
    ...fields,
  }
}
