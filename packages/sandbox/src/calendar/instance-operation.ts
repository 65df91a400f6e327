import { notFound } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call } from '../http/operation.ts'
import type { World } from '../state/world.ts'
import { readEventFilter } from './event-filter.ts'
import { findStored } from './event-index.ts'
import { isCancelled } from './find-event.ts'
import { withHorizon } from './horizon.ts'
import { describeListing } from './list-events.ts'
import { listInstances } from './list-instances.ts'
import { CALENDAR_ACCESS, openCalendar } from './open-calendar.ts'
import { pageOf, readPlace } from './page-of.ts'
import { showEvent, showTombstone } from './show-event.ts'

/** `events.instances`: a series one by one, in the order of the original starts. */
export function answerInstances(world: World, call: Call) {
  const { calendar, role } = openCalendar(world, call, CALENDAR_ACCESS.readEvents)
  const { query } = call
  const series = findStored(calendar, param(call, 'eventId'))
  if (!series) throw notFound('Not Found')
  const { within, showDeleted, timeZone } = readEventFilter(query)
  const kind = `instances-${series.resource.id}`
  const place = readPlace(query, kind) ?? { after: [], upTo: calendar.version }
  const entries = [...listInstances(calendar, series.resource, withHorizon(within, world.clock.now()))]
    .filter(({ resource }) => showDeleted || !isCancelled(calendar, resource))
    .map(({ originalStart, resource }) => ({ place: [originalStart], entry: resource }))
  const { items, nextPageToken } = pageOf(entries, query, kind, place)
  const view = { calendar, role, timeZone }
  return {
    ...describeListing(world, view),
    items: items.map((resource) => (isCancelled(calendar, resource) ? showTombstone(view, resource) : showEvent(view, resource))),
    ...(nextPageToken === null ? {} : { nextPageToken }),
  }
}
