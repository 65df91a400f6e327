import type { CalendarState, EventResource, StoredEventState } from '../state/account-state.ts'
import { readInstanceId } from './event-ids.ts'
import { findStored } from './event-index.ts'
import { findOccurrence, isSeries } from './expand-series.ts'
import { instanceOf } from './instance-of.ts'

/** An event by its id. An instance that was never touched is made for the occasion, and not stored: its `order` is 0. */
export function findEvent(calendar: CalendarState, id: string): StoredEventState | undefined {
  return findStored(calendar, id) ?? findUntouched(calendar, id)
}

/** True for an event that is cancelled, alone or with its series. */
export function isCancelled(calendar: CalendarState, { status, recurringEventId }: EventResource): boolean {
  if (status === 'cancelled') return true
  return typeof recurringEventId === 'string' && findStored(calendar, recurringEventId)?.resource.status === 'cancelled'
}

function findUntouched(calendar: CalendarState, id: string): StoredEventState | undefined {
  const place = readInstanceId(id)
  const series = place ? findStored(calendar, place.seriesId)?.resource : undefined
  if (!place || !series || !isSeries(series)) return undefined
  const occurrence = findOccurrence(series, place.key, calendar.timeZone)
  return occurrence && { order: 0, version: 0, resource: instanceOf(series, occurrence, calendar.timeZone) }
}
