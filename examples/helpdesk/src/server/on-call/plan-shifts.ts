import { occurrences } from '@tenantry/sdk/calendar'
import type { Occurrence } from '@tenantry/sdk/calendar'
import { markedMs } from '../database/mark-gone.ts'
import type { CalendarEventRow } from '../database/tables.ts'
import { dateOf } from './date-of.ts'
import { describeChange, isEnded } from './describe-change.ts'
import type { OnCallCalendar } from './list-calendars.ts'
import type { Cancellation, Shift } from './shift.ts'
import type { Week } from './week.ts'

/** What takes place in a week of one calendar, and what would have, had it not been cancelled in the last day. `now`: epoch ms. */
export function planShifts(calendar: OnCallCalendar, all: readonly CalendarEventRow[], week: Week, now: number): Shift[] {
  const byId = new Map(all.map((row) => [keyOf(row.calendar_id, row.event_id), row]))
  const seriesOf = ({ calendar_id, series_id }: CalendarEventRow) => byId.get(keyOf(calendar_id, series_id))
  // An instance that went alone is again what its series says.
  const rows = all.filter((row) => !row.gone || seriesOf(row)?.gone !== false)
  const isNews = ({ changed_at }: CalendarEventRow) => changed_at !== null && changed_at.getTime() > now - markedMs
  const told = rows.flatMap((row) => {
    const { event } = row
    if (!isEnded(row)) return [event]
    // An instance that is out of its series stays out.
    if (event.status === 'cancelled' && (row.gone || !isNews(row))) return [event]
    if (!isNews(row)) return []
    // Without times of its own, the series tells where it was.
    return event.start === null ? [] : [{ ...event, status: 'confirmed' }]
  })
  const byPlace = new Map(rows.map((row) => [keyOf(row.calendar_id, row.series_id, dateOf(row.event.originalStart)), row]))
  const { occurrences: found } = occurrences(told, { from: new Date(week.from).toISOString(), to: new Date(week.to).toISOString() })
  return found.flatMap((occurrence) => {
    const { event, seriesId, originalStart, start, end } = occurrence
    const row =
      (seriesId === null ? undefined : byPlace.get(keyOf(event.calendarId, seriesId, dateOf(originalStart)))) ??
      byId.get(keyOf(event.calendarId, event.eventId))
    if (row === undefined) return []
    const series = seriesId === null ? undefined : byId.get(keyOf(event.calendarId, seriesId))
    const cancelled = isEnded(row)
    return {
      id: keyOf(calendar.connectionId, event.calendarId, event.eventId, dateOf(originalStart)),
      title: row.event.title ?? series?.event.title ?? '',
      who: calendar.who,
      start,
      end,
      repeats: seriesId !== null,
      cancelled,
      change: isNews(row) ? describeChange(row, occurrence) : null,
      cancellation: calendar.writable && !cancelled && Date.parse(end.instant) > now ? cancellationOf(calendar, occurrence) : null,
    }
  })
}

function cancellationOf({ connectionId }: OnCallCalendar, { event, seriesId, start, end }: Occurrence): Cancellation | null {
  const { calendarId, eventId, etag } = event
  if (etag === null) return null
  const isInstance = seriesId === eventId
  return {
    connectionId,
    calendarId,
    eventId,
    etag,
    instance: isInstance ? { from: start.instant, to: end.instant, date: dateOf(start) } : null,
  }
}

const keyOf = (...parts: readonly (string | null)[]) => JSON.stringify(parts)
