import { isSeries } from '../calendar/expand-series.ts'
import { overlaps, spanOf } from '../calendar/event-times.ts'
import type { Span } from '../calendar/event-times.ts'
import { isCancelled } from '../calendar/find-event.ts'
import { listUntouched } from '../calendar/list-instances.ts'
import type { CalendarState, EventResource } from '../state/account-state.ts'

const DAY = 86_400_000
const OF_ONE_SERIES = 3
const SHOWN = 12

/** What comes next in a calendar, by start: single events, and the first few instances of each series. */
export function listUpcoming(calendar: CalendarState, now: number): EventResource[] {
  const within = { from: now - DAY, to: now + 400 * DAY }
  const at = (resource: EventResource) => spanOf(resource, calendar.timeZone).from
  return calendar.events
    .flatMap(({ resource }) => {
      if (isCancelled(calendar, resource)) return []
      if (isSeries(resource)) return listNext(calendar, resource, within)
      return overlaps(spanOf(resource, calendar.timeZone), within) ? [resource] : []
    })
    .toSorted((a, b) => at(a) - at(b))
    .slice(0, SHOWN)
}

/** The series of a calendar. */
export function listSeries(calendar: CalendarState): EventResource[] {
  return calendar.events.map(({ resource }) => resource).filter((resource) => isSeries(resource) && !isCancelled(calendar, resource))
}

/** An endless series is not unfolded further than it is shown. */
function listNext(calendar: CalendarState, series: EventResource, within: Span): EventResource[] {
  const next: EventResource[] = []
  for (const { resource } of listUntouched(calendar, series, within)) {
    next.push(resource)
    if (next.length === OF_ONE_SERIES) break
  }
  return next
}
