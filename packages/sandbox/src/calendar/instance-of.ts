import type { EventResource, EventTime } from '../state/account-state.ts'
import { instanceKey } from './event-ids.ts'
import { isAllDay, spanOf } from './event-times.ts'
import type { Occurrence } from './expand-series.ts'
import { formatDate, formatInstant } from './zone-time.ts'

/** An instance as its series has it, with the etag of the series. */
export function instanceOf(series: EventResource, occurrence: Occurrence, calendarZone: string): EventResource {
  const { recurrence: _, ...rest } = series
  const id = `${series.id}_${instanceKey(occurrence, isAllDay(series))}`
  const start = startOf(series, occurrence, calendarZone)
  return {
    ...rest,
    id,
    htmlLink: `https://www.google.com/calendar/event?eid=${id}`,
    start,
    end: endOf(series, occurrence, calendarZone),
    recurringEventId: series.id,
    originalStartTime: { ...start },
  }
}

function startOf(series: EventResource, occurrence: Occurrence, calendarZone: string): EventTime {
  return isAllDay(series) ? { date: formatDate(occurrence.wall) } : moment(occurrence.start, series.start, calendarZone)
}

/** An instance lasts exactly as long as the first one (RFC 5545, 3.8.5.3), whatever the clocks do meanwhile. */
function endOf(series: EventResource, occurrence: Occurrence, calendarZone: string): EventTime {
  const { start, end } = series
  if (start?.date !== undefined && end?.date !== undefined) {
    return { date: formatDate(occurrence.wall + Date.parse(end.date) - Date.parse(start.date)) }
  }
  const { from, to } = spanOf(series, calendarZone)
  return moment(occurrence.start + to - from, end, calendarZone)
}

function moment(instant: number, like: EventTime | undefined, calendarZone: string): EventTime {
  const dateTime = formatInstant(instant, calendarZone)
  return like?.timeZone === undefined ? { dateTime } : { dateTime, timeZone: like.timeZone }
}
