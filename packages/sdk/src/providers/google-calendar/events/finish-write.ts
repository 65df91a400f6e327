import type { CalendarEvent } from '../../../model/calendar-event.ts'
import type { GoogleCalendarEvent } from '../../../ports/index.ts'
import { ownKeyOf } from '../item-state.ts'
import { readEvent } from '../read-event.ts'
import { describeEvent } from './describe-event.ts'
import type { CalendarDesk, OpenCalendar } from './open-calendar.ts'

/** Remembers first that the version Google answered with is the host's own, then describes it. @throws `event_unreadable`, `unavailable` */
export async function finishWrite({ door }: CalendarDesk, calendar: OpenCalendar, written: GoogleCalendarEvent): Promise<CalendarEvent> {
  const { call, calendarId } = calendar
  const read = readEvent(written, { calendarId, timeZone: 'UTC' })
  if (read !== null) await door.markOwn(call, ownKeyOf(read.event))
  return describeEvent(calendar, written)
}
