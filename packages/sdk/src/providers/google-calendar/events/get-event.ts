import type { CalendarEvent } from '../../../model/calendar-event.ts'
import { describeEvent } from './describe-event.ts'
import { fetchEvent } from './fetch-event.ts'
import { openCalendar } from './open-calendar.ts'
import type { CalendarDesk, CalendarTarget } from './open-calendar.ts'
import { parseEventId } from './write-options.ts'

export interface GetEventOptions extends CalendarTarget {
  readonly eventId: string
}

/** An event, a series, or one instance of a series, as it is in Google now. @throws `invalid_input`, `event_gone`, `event_unreadable`, `calendar_not_chosen`, `calendar_not_found` */
export async function getEvent(desk: CalendarDesk, options: GetEventOptions): Promise<CalendarEvent> {
  const calendar = await openCalendar(desk, options, 'read')
  return describeEvent(calendar, await fetchEvent(calendar, parseEventId(options.eventId)))
}
