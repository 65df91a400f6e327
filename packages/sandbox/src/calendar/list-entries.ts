import type { CalendarState, EventResource, StoredEventState } from '../state/account-state.ts'
import type { EventFilter } from './event-filter.ts'
import { findStored } from './event-index.ts'
import { spanOf } from './event-times.ts'
import type { Span } from './event-times.ts'
import { isSeries } from './expand-series.ts'
import { isCancelled } from './find-event.ts'
import { listUntouched, originalStartOf, takesPlace } from './list-instances.ts'
import type { Placed } from './page-of.ts'

/** What is listed, and how. */
export interface Listing {
  calendar: CalendarState
  filter: EventFilter
  /** Where series are expanded. */
  expanded: Span
}

/** Everything, in the order of creation, or of the field that was asked for. */
export function listAll(listing: Listing): Placed<EventResource>[] {
  return listing.calendar.events
    .filter(({ resource }) => listing.filter.matches(resource) && isListed(listing, resource))
    .flatMap((stored) => unfold(listing, stored.resource).map((entry) => ({ place: placeOf(listing, stored, entry), entry })))
}

/**
 * What changed between two versions of the calendar, in the order of the changes. Where series are told one by one, instances that a
 * changed rule has no more are not told as cancelled: listings of whole series are what the sandbox is for.
 */
export function listChanged(listing: Listing, since: number, upTo: number): Placed<EventResource>[] {
  const { calendar, filter } = listing
  return calendar.events
    .filter(({ version, resource }) => version > since && version <= upTo && filter.matches(resource))
    .flatMap(({ version, resource }) =>
      unfold(listing, resource).map((entry) => ({ place: [version, originalStartOf(entry, calendar.timeZone)], entry })),
    )
}

/** Cancelled instances are part of their series as long as that is told as a whole; anything else that is cancelled is shown on demand. */
function isListed({ calendar, filter }: Listing, resource: EventResource): boolean {
  if (filter.showDeleted || !isCancelled(calendar, resource)) return true
  const { recurringEventId } = resource
  return !filter.singleEvents && recurringEventId !== undefined && findStored(calendar, recurringEventId)?.resource.status !== 'cancelled'
}

/** What one stored event contributes: itself, nothing, or those instances of a series that are not stored. */
function unfold({ calendar, filter: { singleEvents, within }, expanded }: Listing, resource: EventResource): EventResource[] {
  const everything = within.from === Number.NEGATIVE_INFINITY && within.to === Number.POSITIVE_INFINITY
  if (singleEvents && isSeries(resource)) {
    return Array.from(listUntouched(calendar, resource, expanded), (instance) => instance.resource)
  }
  return everything || takesPlace(calendar, resource, within) ? [resource] : []
}

/** Creation order, in which the instances of a series stand together; a requested order comes first. */
function placeOf({ calendar, filter }: Listing, stored: StoredEventState, entry: EventResource): number[] {
  if (filter.orderBy === 'updated') return [Date.parse(String(entry['updated'])), ...creationOf(calendar, stored, entry)]
  if (!filter.singleEvents) return [stored.order]
  const creation = creationOf(calendar, stored, entry)
  return filter.orderBy === 'startTime' ? [spanOf(entry, calendar.timeZone).from || 0, ...creation] : creation
}

function creationOf(calendar: CalendarState, stored: StoredEventState, entry: EventResource): number[] {
  const { recurringEventId } = entry
  if (recurringEventId === undefined) return [stored.order]
  return [findStored(calendar, recurringEventId)?.order ?? stored.order, originalStartOf(entry, calendar.timeZone), stored.order]
}
