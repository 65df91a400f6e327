import type { UserCall } from './user-call.ts'

/** An event resource as Google sends it; read defensively. */
export type GoogleCalendarEvent = Readonly<Record<string, unknown>>

/** Source: developers.google.com/workspace/calendar/api/v3/reference/calendarList. */
export const calendarAccessRoles = ['none', 'freeBusyReader', 'reader', 'writer', 'owner'] as const

export type CalendarAccessRole = (typeof calendarAccessRoles)[number]

/** A calendar in the list of the account. */
export interface CalendarEntry {
  readonly id: string
  readonly name: string
  /** `#rrggbb` */
  readonly color: string | null
  /** A role that Google adds one day counts as `none`. */
  readonly accessRole: CalendarAccessRole
  readonly primary: boolean
  /** IANA name. */
  readonly timeZone: string | null
}

export type ListEventsInput = {
  readonly calendarId: string
  readonly pageToken?: string
  readonly maxResults?: number
} & (
  | {
      /** Changes since a listing that ended; `null` begins with everything. Series are told as series, and what was deleted too. */
      readonly syncToken: string | null
    }
  | {
      /** What takes place between two RFC 3339 times, by start; series are told as their instances, without what was cancelled. */
      readonly between: { readonly from: string; readonly to: string }
    }
)

export interface CalendarEventPage {
  readonly events: readonly GoogleCalendarEvent[]
  readonly nextPageToken: string | null
  /** On the last page of a listing with `syncToken` only. */
  readonly nextSyncToken: string | null
  readonly accessRole: CalendarAccessRole
  /** The calendar's own, IANA name. */
  readonly timeZone: string | null
}

export interface BusySpan {
  /** RFC 3339. */
  readonly start: string
  readonly end: string
}

/** Whether guests hear of a write by mail. */
export type SendUpdates = 'all' | 'externalOnly' | 'none'

/** The Calendar API, as far as we use it. */
export interface CalendarGateway {
  /** All pages. */
  listCalendars(call: UserCall): Promise<readonly CalendarEntry[]>
  /** One calendar of the account's list; `primary` is the main one. @throws ProviderRefusal with status 404 when it is not in the list */
  getCalendar(call: UserCall, calendarId: string): Promise<CalendarEntry>
  listEvents(call: UserCall, input: ListEventsInput): Promise<CalendarEventPage>
  getEvent(call: UserCall, input: { readonly calendarId: string; readonly eventId: string }): Promise<GoogleCalendarEvent>
  /** The event's id may be chosen. @throws ProviderRefusal with status 409 when an event has it already, also a deleted one */
  insertEvent(
    call: UserCall,
    input: { readonly calendarId: string; readonly event: GoogleCalendarEvent; readonly sendUpdates: SendUpdates },
  ): Promise<GoogleCalendarEvent>
  /** Changes the named fields. @throws ProviderRefusal with status 412 when the event has another etag by now; `null` overwrites any */
  patchEvent(
    call: UserCall,
    input: {
      readonly calendarId: string
      readonly eventId: string
      readonly event: GoogleCalendarEvent
      readonly etag: string | null
      readonly sendUpdates: SendUpdates
    },
  ): Promise<GoogleCalendarEvent>
  /** @returns false when it was deleted before. @throws ProviderRefusal with status 412 when the event has another etag by now */
  deleteEvent(
    call: UserCall,
    input: { readonly calendarId: string; readonly eventId: string; readonly etag: string | null; readonly sendUpdates: SendUpdates },
  ): Promise<boolean>
  /** When a calendar is taken; of at most 90 days, as Google refuses more. @throws ProviderRefusal with status 404 when Google does not show it to the account */
  listBusy(call: UserCall, input: { readonly calendarId: string; readonly from: string; readonly to: string }): Promise<readonly BusySpan[]>
  /** Opens a channel. `expiration` is as Google wrote it; the provider reads it. */
  watchEvents(
    call: UserCall,
    input: {
      readonly calendarId: string
      readonly channelId: string
      readonly token: string
      readonly address: string
      readonly ttlSeconds: number
    },
  ): Promise<{ readonly resourceId: string; readonly expiration: string | number | null }>
  /** A channel that is already gone counts as stopped. */
  stopChannel(call: UserCall, input: { readonly channelId: string; readonly resourceId: string }): Promise<void>
}
