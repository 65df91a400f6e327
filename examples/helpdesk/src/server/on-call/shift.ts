import type { CalendarMoment } from '@tenantry/sdk'
import type { ShiftChange } from './describe-change.ts'

export interface Shift {
  readonly id: string
  readonly title: string
  readonly who: string
  readonly start: CalendarMoment
  readonly end: CalendarMoment
  /** One of a series. */
  readonly repeats: boolean
  readonly cancelled: boolean
  /** Of the last day. */
  readonly change: ShiftChange | null
  /** What to send to cancel it; `null` when the person may not, or when it is over. */
  readonly cancellation: Cancellation | null
}

export interface Cancellation {
  readonly connectionId: string
  readonly calendarId: string
  readonly eventId: string
  readonly etag: string
  /** The one that is meant when the event is a series. */
  readonly instance: { readonly from: string; readonly to: string; readonly date: string } | null
}
