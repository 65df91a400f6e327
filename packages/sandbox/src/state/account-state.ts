export interface AccountState {
  address: string
  name: string
  /** Stable subject identifier (`sub`). */
  subject: string
  password: string | null
  mailbox: MailboxState
  calendars: CalendarState[]
  /** Calendars of others in this account's list. */
  shared: SharedCalendarState[]
}

export interface SharedCalendarState {
  owner: string
  calendarId: string
  role: 'freeBusyReader' | 'reader' | 'writer' | 'owner'
}

export interface MailboxState {
  /** Workspace accounts without Gmail answer failedPrecondition. */
  enabled: boolean
  /** Decimal uint64. */
  historyId: string
  /** History before this id is gone. */
  historyFloor: string
  messages: MessageState[]
  labels: LabelState[]
  history: HistoryState[]
  /** Page tokens of older generations are gone. */
  pageTokenGeneration: number
}

export interface MessageState {
  id: string
  threadId: string
  labelIds: string[]
  /** base64url of the RFC 822 bytes. */
  raw: string
  /** Epoch ms. */
  internalDate: number
  historyId: string
}

export interface LabelState {
  id: string
  name: string
  type: 'system' | 'user'
}

export type HistoryType = 'messageAdded' | 'messageDeleted' | 'labelAdded' | 'labelRemoved'

export interface HistoryState {
  id: string
  type: HistoryType
  at: number
  message: { id: string; threadId: string; labelIds: string[] }
  /** Labels added or removed. */
  labelIds: string[]
}

export interface CalendarState {
  id: string
  summary: string
  timeZone: string
  /** `#rrggbb` */
  color: string
  primary: boolean
  /** Holiday and imported calendars refuse push channels. */
  pushable: boolean
  resourceId: string
  /** Counts changes; sync tokens point into it. */
  version: number
  /** Sync tokens of older generations are gone. */
  generation: number
  events: StoredEventState[]
}

export interface StoredEventState {
  /** Creation order: full listings page by it. */
  order: number
  /** Calendar version of its last change: incremental listings page by it. */
  version: number
  resource: EventResource
}

/** A moment or an all-day date, as the Calendar API writes them. */
export interface EventTime {
  dateTime?: string | undefined
  date?: string | undefined
  timeZone?: string | undefined
}

/** A Calendar API event resource; fields the sandbox does not act on are kept as they came. */
export interface EventResource {
  [field: string]: unknown
  id: string
  status: string
  etag: string
  start?: EventTime | undefined
  end?: EventTime | undefined
  summary?: string
  /** Of a series: RRULE, RDATE, EXDATE and EXRULE lines. */
  recurrence?: string[] | undefined
  /** Of an instance that was changed, moved or cancelled: its series, and where it stood in it. */
  recurringEventId?: string | undefined
  originalStartTime?: EventTime | undefined
}
