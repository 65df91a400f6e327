import type { CalendarEvent } from './calendar-event.ts'

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
  /** Decoded: `size`, `stream()`, `arrayBuffer()`. It has no type of its own; see `contentType`. */
  readonly content: Blob
}

/** What the receiving server found, from the topmost Authentication-Results header (RFC 8601); `null` where it says nothing. */
export interface MailAuthentication {
  /** The server that checked, for example `mx.google.com`; the header of any other is not believed. */
  readonly checkedBy: string | null
  readonly spf: AuthenticationResult | null
  readonly dkim: AuthenticationResult | null
  readonly dmarc: AuthenticationResult | null
}

/** RFC 8601, section 2.7. */
export type AuthenticationResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'policy' | 'temperror' | 'permerror'

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
    readonly replyTo: readonly MailAddress[]
    readonly to: readonly MailAddress[]
    readonly cc: readonly MailAddress[]
    readonly subject: string
    readonly date: string | null
    readonly text: string | null
    readonly html: string | null
    readonly attachments: readonly MailAttachment[]
    readonly authentication: MailAuthentication
    /** Written by a machine, by its own account (RFC 3834, `Precedence`, `List-Id`): answering it by machine makes a loop. */
    readonly automatic: 'reply' | 'generated' | 'bulk' | null
    /** The sender is the mailbox itself: what we send must not come back as a new request. */
    readonly fromSelf: boolean
    /** RFC 5322, byte for byte as the provider has it. */
    readonly raw: Uint8Array
    /** SHA-256 of `raw`, base64url. */
    readonly rawHash: string
  }
}

/** An event of a connected calendar that was created, changed, moved or cancelled. */
export interface CalendarChanged extends EventBase {
  readonly type: 'calendar.changed'
  /**
   * `created` when the host is told of it for the first time, `moved` when it begins or ends at another time than the host was told last.
   * `cancelled` ends an event and, for a series, all its instances; for an instance it takes one date out of the series.
   */
  readonly change: CalendarEvent & {
    readonly kind: 'created' | 'updated' | 'moved' | 'cancelled'
    /** Written by the host itself through `events.create`, `update` or `delete`: answering it with another write makes a loop. */
    readonly own: boolean
  }
}

/** Part of the feed was too old; what was missing has been read again. */
export interface GapRecovered extends EventBase {
  readonly type: 'connection.gap_recovered'
  /** How many items were found again. */
  readonly count: number
  /** The time that was searched. */
  readonly from: string
  readonly to: string
}

/** One item could not be read or handed over and was set aside; the rest goes on. `redrive` tries it again. */
export interface ItemSkipped extends EventBase {
  readonly type: 'connection.item_skipped'
  /** The event that was set aside. */
  readonly eventId: string
  readonly stage: 'fetch' | 'handler'
  readonly code: string
  readonly attempts: number
}

/** The provider will end the sign-in by itself, as Google does after seven days while an app is in Testing. */
export interface SignInEnding extends EventBase {
  readonly type: 'connection.sign_in_ending'
  readonly endsAt: string
}

/** One for each change of status. `degraded`: it is read, and something is late or refused; `error`: nothing comes in. */
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

/** Each is told once the one before it was taken or set aside, so that the host ends on the status that holds. */
export const statusEvents = [
  'connection.connected',
  'connection.degraded',
  'connection.needs_reauth',
  'connection.blocked_by_app',
  'connection.error',
  'connection.paused',
  'connection.disconnected',
] as const satisfies readonly ConnectionChanged['type'][]

export function isStatusEvent(type: string): type is ConnectionChanged['type'] {
  return (statusEvents as readonly string[]).includes(type)
}

/** Whether it tells of a connection itself, and not of what came through it. */
export function isNotice(type: string): boolean {
  return type.startsWith('connection.')
}

export type TenantryEvent = MessageReceived | CalendarChanged | GapRecovered | ItemSkipped | SignInEnding | ConnectionChanged

export type TenantryEventType = TenantryEvent['type']

export type EventOf<Type extends TenantryEventType> = Extract<TenantryEvent, { type: Type }>
