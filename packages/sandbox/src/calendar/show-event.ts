import type { CalendarState, EventResource } from '../state/account-state.ts'
import { inZone } from './event-times.ts'
import type { CalendarRole } from './find-calendar.ts'
import { isCancelled } from './find-event.ts'

/** Fields that say when somebody is busy, and no more. */
const BUSY_ONLY = [
  'kind',
  'etag',
  'id',
  'status',
  'created',
  'updated',
  'start',
  'end',
  'transparency',
  'recurrence',
  'recurringEventId',
  'originalStartTime',
  'iCalUID',
  'sequence',
  'eventType',
]
const TOMBSTONE = ['kind', 'etag', 'id', 'status', 'updated', 'recurringEventId', 'originalStartTime']

/** Who looks at events, and how. */
export interface EventView {
  calendar: CalendarState
  role: CalendarRole
  /** Whose offset times are written with, when it is not the calendar's. */
  timeZone: string | null
}

/** An event as somebody with this role gets to see it. */
export function showEvent({ calendar, role, timeZone }: EventView, resource: EventResource): EventResource {
  const shown = isCancelled(calendar, resource) ? { ...resource, status: 'cancelled' } : resource
  const { visibility } = resource
  const hidden = role === 'freeBusyReader' || (role === 'reader' && (visibility === 'private' || visibility === 'confidential'))
  return writtenIn(timeZone, hidden ? { ...only(BUSY_ONLY, shown), visibility: 'private' } : shown)
}

/** A cancelled event without details: all that Google guarantees of one. */
export function showTombstone({ timeZone }: EventView, resource: EventResource): EventResource {
  return writtenIn(timeZone, { ...only(TOMBSTONE, resource), status: 'cancelled' })
}

function only(names: string[], { id, etag, status, ...rest }: EventResource): EventResource {
  return { id, etag, status, ...Object.fromEntries(Object.entries(rest).filter(([name]) => names.includes(name))) }
}

function writtenIn(zone: string | null, resource: EventResource): EventResource {
  if (zone === null) return resource
  const { start, end, originalStartTime } = resource
  const times = Object.entries({ start, end, originalStartTime }).flatMap(([name, time]) => (time ? [[name, inZone(time, zone)]] : []))
  return { ...resource, ...Object.fromEntries(times) }
}
