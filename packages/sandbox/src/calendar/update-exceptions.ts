import type { CalendarState, EventResource } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { readInstanceId } from './event-ids.ts'
import { listExceptions } from './event-index.ts'
import { findOccurrence } from './expand-series.ts'
import { storeEvent } from './store-event.ts'

/**
 * What a change of a series means for those of its instances that are stored. One whose original start is no instance any more is
 * cancelled. When the series is deleted, all that are not cancelled yet are told once more; when it is restored, all are.
 */
export function updateExceptions(world: World, calendar: CalendarState, before: EventResource, series: EventResource): void {
  const [deleted, restored] = [series.status === 'cancelled', before.status === 'cancelled']
  const ended = deleted !== restored
  const moved = isMoved(before, series)
  if (!ended && !moved) return
  for (const exception of listExceptions(calendar, series.id)) {
    const { id, status } = exception.resource
    const isLive = status !== 'cancelled'
    const place = readInstanceId(id)
    const gone = isLive && moved && place !== null && !findOccurrence(series, place.key, calendar.timeZone)
    if (gone) storeEvent(world, calendar, exception, { ...exception.resource, status: 'cancelled' })
    else if (ended && (isLive || restored)) storeEvent(world, calendar, exception)
  }
}

function isMoved(before: EventResource, series: EventResource): boolean {
  return JSON.stringify([before.start, before.recurrence]) !== JSON.stringify([series.start, series.recurrence])
}
