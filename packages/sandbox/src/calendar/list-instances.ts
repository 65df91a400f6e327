import type { CalendarState, EventResource } from '../state/account-state.ts'
import { instanceKey } from './event-ids.ts'
import { findStored, listExceptions } from './event-index.ts'
import { instantOf, isAllDay, overlaps, spanOf } from './event-times.ts'
import type { Span } from './event-times.ts'
import { expandSeries, isSeries } from './expand-series.ts'
import { isCancelled } from './find-event.ts'
import { instanceOf } from './instance-of.ts'

/** An instance of a series, or a single event. */
export interface ListedInstance {
  /** When it was to begin, epoch ms. */
  originalStart: number
  resource: EventResource
}

/** Instances within a span, as the series has them; those that were changed, moved or cancelled are left out. */
export function* listUntouched(calendar: CalendarState, series: EventResource, within: Span): Generator<ListedInstance> {
  const zone = calendar.timeZone
  const { from, to } = spanOf(series, zone)
  const allDay = isAllDay(series)
  for (const occurrence of expandSeries(series, zone)) {
    if (occurrence.start >= within.to) return
    // A day more: a whole day is an hour longer or shorter when the clocks change.
    if (occurrence.start + (to - from) + 86_400_000 <= within.from) continue
    if (findStored(calendar, `${series.id}_${instanceKey(occurrence, allDay)}`)) continue
    const resource = instanceOf(series, occurrence, zone)
    if (overlaps(spanOf(resource, zone), within)) yield { originalStart: occurrence.start, resource }
  }
}

/** Every instance within a span in the order of their original starts; those that were changed or moved as they are now, and cancelled ones. */
export function* listInstances(calendar: CalendarState, series: EventResource, within: Span): Generator<ListedInstance> {
  const touched = listExceptions(calendar, series.id)
    .filter(({ resource }) => overlaps(spanOf(resource, calendar.timeZone), within))
    .map(({ resource }) => ({ originalStart: originalStartOf(resource, calendar.timeZone), resource }))
    .toSorted((a, b) => a.originalStart - b.originalStart)
  let at = 0
  for (const untouched of listUntouched(calendar, series, within)) {
    for (let next = touched[at]; next && next.originalStart < untouched.originalStart; next = touched[++at]) yield next
    yield untouched
  }
  yield* touched.slice(at)
}

/** True for an event that takes place within a span, and for a series when one of its instances does. */
export function takesPlace(calendar: CalendarState, resource: EventResource, within: Span): boolean {
  if (!isSeries(resource)) return overlaps(spanOf(resource, calendar.timeZone), within)
  const isHere = (exception: EventResource) => exception.status !== 'cancelled' && takesPlace(calendar, exception, within)
  return !listUntouched(calendar, resource, within).next().done || listExceptions(calendar, resource.id).some((own) => isHere(own.resource))
}

/** What takes place within a span: single events and instances, cancelled ones left out. */
export function listOccurring(calendar: CalendarState, within: Span): EventResource[] {
  return calendar.events.flatMap(({ resource }) => {
    if (isCancelled(calendar, resource)) return []
    if (isSeries(resource)) return [...listUntouched(calendar, resource, within)].map((instance) => instance.resource)
    return overlaps(spanOf(resource, calendar.timeZone), within) ? [resource] : []
  })
}

/** When an instance was to begin; a single event begins when it does. */
export function originalStartOf({ originalStartTime, start }: EventResource, calendarZone: string): number {
  return instantOf(originalStartTime ?? start, calendarZone) || 0
}
