import type { Call } from '../http/operation.ts'
import type { CalendarState, EventResource } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { readEventFilter } from './event-filter.ts'
import { isCancelled } from './find-event.ts'
import { withHorizon } from './horizon.ts'
import { listAll, listChanged } from './list-entries.ts'
import { CALENDAR_ACCESS, openCalendar } from './open-calendar.ts'
import { pageOf, readPlace } from './page-of.ts'
import { showEvent, showTombstone } from './show-event.ts'
import type { EventView } from './show-event.ts'
import { offerSyncToken, readSyncToken } from './sync-token.ts'

/** `events.list`: a full listing, or what changed since a sync token. */
export function listEvents(world: World, call: Call) {
  const { calendar, role } = openCalendar(world, call, CALENDAR_ACCESS.readEvents)
  const { query } = call
  const since = readSyncToken(calendar, query)
  const filter = readEventFilter(query)
  const kind = `events-${calendar.id}-${since ?? 'full'}`
  const place = readPlace(query, kind) ?? { after: [], upTo: calendar.version }
  const listing = { calendar, filter, expanded: withHorizon(filter.within, world.clock.now()) }
  const entries = since === null ? listAll(listing) : listChanged(listing, since, place.upTo)
  const { items, nextPageToken } = pageOf(entries, query, kind, place)
  const view = { calendar, role, timeZone: filter.timeZone }
  return {
    ...describeListing(world, view),
    items: items.map((resource) => show(view, resource, since !== null)),
    ...(nextPageToken === null ? offerSyncToken(calendar, query, place.upTo) : { nextPageToken }),
  }
}

/** What a full listing shows: single events, series, and the instances that were changed, moved or cancelled. */
export function listCurrent(calendar: CalendarState): EventResource[] {
  const view: EventView = { calendar, role: 'owner', timeZone: null }
  const filter = readEventFilter(new URLSearchParams())
  return listAll({ calendar, filter, expanded: filter.within }).map(({ entry }) => show(view, entry, false))
}

/** What every listing of events says about the calendar. */
export function describeListing(world: World, { calendar, role, timeZone }: EventView) {
  return {
    kind: 'calendar#events',
    etag: `"p${calendar.version}"`,
    summary: calendar.summary,
    timeZone: timeZone ?? calendar.timeZone,
    updated: new Date(world.clock.now()).toISOString(),
    accessRole: role,
    defaultReminders: [],
  }
}

/** Deleted events in a full listing keep their details; what is told of a deletion, and of a cancelled instance, is bare. */
function show(view: EventView, resource: EventResource, incremental: boolean): EventResource {
  const isBare = isCancelled(view.calendar, resource) && (incremental || resource.recurringEventId !== undefined)
  return isBare ? showTombstone(view, resource) : showEvent(view, resource)
}
