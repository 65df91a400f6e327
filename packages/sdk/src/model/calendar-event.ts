/** When something in a calendar begins or ends. */
export interface CalendarMoment {
  /** RFC 3339 date-time with its offset, or `YYYY-MM-DD` for a whole day. */
  readonly value: string
  readonly allDay: boolean
  /** IANA name, as the event has it; for a whole day the calendar's. */
  readonly timeZone: string | null
  /** The same as ISO 8601 in UTC; a whole day begins at midnight in the calendar's time zone. */
  readonly instant: string
}

export interface CalendarAttendee {
  readonly address: string
  readonly name: string | null
  /** `needsAction`, `declined`, `tentative` or `accepted`. */
  readonly response: string
  readonly optional: boolean
  /** The person whose account is connected. */
  readonly self: boolean
}

/** An event of a Google calendar: a single one, a series (with `recurrence`), or one moved, changed or cancelled instance of a series. */
export interface CalendarEvent {
  readonly calendarId: string
  readonly eventId: string
  /** Names this version; give it back with a write, so that nobody else's change is overwritten. */
  readonly etag: string | null
  /** `confirmed`, `tentative` or `cancelled`. */
  readonly status: string
  /** `null` also where the account may only see that the time is taken. */
  readonly title: string | null
  readonly description: string | null
  readonly location: string | null
  /** `null` only for what is cancelled. */
  readonly start: CalendarMoment | null
  readonly end: CalendarMoment | null
  /** RRULE, RDATE and EXDATE lines of a series (RFC 5545); empty for everything else. `occurrences` tells its times. */
  readonly recurrence: readonly string[]
  /** The series that an instance belongs to. */
  readonly recurringEventId: string | null
  /** Where an instance stood in its series before it was moved, changed or cancelled. */
  readonly originalStart: CalendarMoment | null
  /** `free`: the event does not block its time. */
  readonly shownAs: 'busy' | 'free'
  readonly organizer: string | null
  readonly attendees: readonly CalendarAttendee[]
  readonly updated: string | null
  /** Opens the event in Google Calendar. */
  readonly link: string | null
}

/** An event of which nothing is known but its names. */
export function bareCalendarEvent(names: Pick<CalendarEvent, 'calendarId' | 'eventId' | 'status'>): CalendarEvent {
  return {
    ...names,
    etag: null,
    title: null,
    description: null,
    location: null,
    start: null,
    end: null,
    recurrence: [],
    recurringEventId: null,
    originalStart: null,
    shownAs: names.status === 'cancelled' ? 'free' : 'busy',
    organizer: null,
    attendees: [],
    updated: null,
    link: null,
  }
}
