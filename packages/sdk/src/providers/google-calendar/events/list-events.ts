import { TenantryError } from '../../../errors/index.ts'
import type { CalendarEvent } from '../../../model/calendar-event.ts'
import type { CalendarEventPage } from '../../../ports/index.ts'
import { readEvent } from '../read-event.ts'
import { openCalendar } from './open-calendar.ts'
import type { CalendarDesk, CalendarTarget } from './open-calendar.ts'
import { parseWindow } from './time-window.ts'
import type { TimeWindow } from './time-window.ts'

export interface ListEventsOptions extends CalendarTarget, TimeWindow {}

export interface EventList {
  /** By start; series as their instances, without what was cancelled. */
  readonly events: readonly CalendarEvent[]
  /** Ids of events that Google sent without times, or with rules that are not valid. */
  readonly unreadable: readonly string[]
}

const perPage = 250
const mostEvents = 10_000
/** Google may send pages that are not full; whoever sends more than these does not mean to end. */
const mostPages = 200

/**
 * What takes place in a time, as it is in Google now.
 * @throws `invalid_input`, `feed_endless` for more than 10,000 events, `calendar_not_chosen`, `calendar_not_found`
 */
export async function listEvents(desk: CalendarDesk, options: ListEventsOptions): Promise<EventList> {
  const { calendarId, ask } = await openCalendar(desk, options, 'read')
  const window = parseWindow(options)
  const between = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() }
  const events: CalendarEvent[] = []
  const unreadable: string[] = []
  let pageToken: string | null = null
  for (let page = 0; page < mostPages && events.length + unreadable.length <= mostEvents; page += 1) {
    const input = { calendarId, between, maxResults: perPage, ...(pageToken !== null && { pageToken }) }
    const answer: CalendarEventPage = await ask((gateway, user) => gateway.listEvents(user, input))
    for (const raw of answer.events) {
      const read = readEvent(raw, { calendarId, timeZone: answer.timeZone ?? 'UTC' })
      if (read?.unreadable === null) events.push(read.event)
      else if (read !== null) unreadable.push(read.event.eventId)
    }
    pageToken = answer.nextPageToken
    if (pageToken === null && events.length + unreadable.length <= mostEvents) return { events, unreadable }
  }
  throw new TenantryError('feed_endless')
}
