/** How an event came to be: pushed or polled in time, imported at the start, or filled in after a gap. */
export type EventOrigin = 'live' | 'backfill' | 'gapfill'

export interface EventBase {
  /** Stable over retries: the same change has the same id. */
  readonly id: string
  readonly tenantId: string
  readonly connectionId: string
  readonly occurredAt: string
  readonly origin: EventOrigin
}

export interface MailAddress {
  readonly name: string
  readonly address: string
}

export interface MailAttachment {
  readonly filename: string | null
  readonly contentType: string
  readonly contentId: string | null
  readonly disposition: 'attachment' | 'inline' | null
  readonly content: Uint8Array
}

/** A mail that arrived in a connected mailbox. */
export interface MessageReceived extends EventBase {
  readonly type: 'message.received'
  readonly message: {
    readonly providerMessageId: string
    readonly providerThreadId: string
    readonly labelIds: readonly string[]
    readonly mailbox: string
    readonly messageId: string | null
    readonly inReplyTo: string | null
    readonly references: readonly string[]
    readonly from: MailAddress | null
    readonly to: readonly MailAddress[]
    readonly cc: readonly MailAddress[]
    readonly subject: string
    readonly date: string | null
    readonly text: string | null
    readonly html: string | null
    readonly attachments: readonly MailAttachment[]
    /** RFC 5322, byte for byte as the provider has it. */
    readonly raw: Uint8Array
  }
}

export interface CalendarMoment {
  /** RFC 3339 date-time, or `YYYY-MM-DD` for a whole day. */
  readonly value: string
  readonly allDay: boolean
  readonly timeZone: string | null
}

/** An event of a connected calendar that was created, changed or cancelled. */
export interface CalendarChanged extends EventBase {
  readonly type: 'calendar.changed'
  readonly change: {
    readonly kind: 'upserted' | 'cancelled'
    readonly calendarId: string
    readonly eventId: string
    readonly etag: string | null
    readonly status: string
    readonly title: string | null
    readonly start: CalendarMoment | null
    readonly end: CalendarMoment | null
    readonly recurringEventId: string | null
    readonly updated: string | null
    readonly organizer: string | null
    readonly attendees: readonly string[]
  }
}

/** Part of the feed was too old; what was missing has been read again. */
export interface GapRecovered extends EventBase {
  readonly type: 'connection.gap_recovered'
  readonly count: number
}

export interface ConnectionChanged extends EventBase {
  readonly type:
    | 'connection.connected'
    | 'connection.degraded'
    | 'connection.needs_reauth'
    | 'connection.blocked_by_app'
    | 'connection.error'
    | 'connection.paused'
    | 'connection.disconnected'
  readonly reason: string | null
}

export type TenantryEvent = MessageReceived | CalendarChanged | GapRecovered | ConnectionChanged

export type TenantryEventType = TenantryEvent['type']

export type EventOf<Type extends TenantryEventType> = Extract<TenantryEvent, { type: Type }>
