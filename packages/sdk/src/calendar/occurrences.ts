import type { CalendarEvent, CalendarMoment } from '../model/calendar-event.ts'
import { expandSeries, takesPlace } from './expand-series.ts'
import type { Instance } from './expand-series.ts'
import { parseWindow } from './window.ts'
import type { OccurrencesInput } from './window.ts'

/** A time at which something takes place. */
export interface Occurrence {
  /** The single event, the series, or the changed instance that stands in its place. */
  readonly event: CalendarEvent
  /** `null` for a single event. */
  readonly seriesId: string | null
  readonly start: CalendarMoment
  readonly end: CalendarMoment
  /** Where it stands in its series, also when it was moved; `null` for a single event. */
  readonly originalStart: CalendarMoment | null
}

export interface Occurrences {
  /** By start, then by event id. */
  readonly occurrences: readonly Occurrence[]
  /** Ids of events that are left out, because their times or recurrence cannot be read. */
  readonly unreadable: readonly string[]
  /** There are more than the limit; the earliest are told. */
  readonly truncated: boolean
}

interface Candidate {
  readonly at: number
  readonly id: string
  readonly tell: () => Occurrence
}

/**
 * What takes place in a span of time, by the events that `calendar.changed` told: single ones, series, and instances that were moved,
 * changed or cancelled, in any order and of any number of calendars. Series repeat on the clock of their own time zone; a time that the
 * clock skips moves on by the length of the gap, one that comes twice is the first.
 *
 * An instance of a cancelled series is left out; one of a series that is not among the events is told, because an account may be invited
 * to one instance alone. Rules that come true more than 24 times a day are not read.
 *
 * @throws `invalid_input` with the field
 * @example
 * const { occurrences: week } = occurrences(events, { from: '2026-03-02T00:00:00+01:00', to: '2026-03-09T00:00:00+01:00' })
 * for (const { event, start, end } of week) console.log(event.title, start.value, end.value)
 */
export function occurrences(events: readonly CalendarEvent[], input: OccurrencesInput): Occurrences {
  const window = parseWindow(input)
  const byId = new Map(events.map((event) => [idOf(event.calendarId, event.eventId), event]))
  const replaced = findReplaced(byId.values())
  const unreadable = new Set<string>()
  let found: Candidate[] = []
  const keep = () => {
    found = found
      .toSorted((left, right) => left.at - right.at || (left.id < right.id ? -1 : Number(left.id > right.id)))
      .slice(0, window.limit + 1)
  }

  for (const event of byId.values()) {
    const { start, end, eventId: id, recurringEventId: seriesId, originalStart } = event
    const series = seriesId === null ? undefined : byId.get(idOf(event.calendarId, seriesId))
    if (series?.status === 'cancelled') continue
    // Without its place in the series, an instance would stand beside the one that it replaces.
    if (seriesId !== null && originalStart === null) unreadable.add(id)
    else if (event.status === 'cancelled') continue
    else if (start === null || end === null || !isSpan(start, end)) unreadable.add(id)
    else if (event.recurrence.length === 0 || seriesId !== null) {
      const span = { from: Date.parse(start.instant), to: Date.parse(end.instant) }
      if (takesPlace(span, window)) found.push({ at: span.from, id, tell: () => ({ event, seriesId, start, end, originalStart }) })
    } else {
      try {
        let count = 0
        const left = replaced.get(idOf(event.calendarId, id)) ?? new Set()
        for (const instance of expandSeries(event, { start, end }, window)) {
          if (left.has(keyOf(start.allDay, instance.key))) continue
          found.push({ at: instance.from, id, tell: () => tellInstance(event, instance) })
          count += 1
          if (count > window.limit) break
        }
      } catch {
        unreadable.add(id)
      }
    }
    if (found.length > 4 * window.limit) keep()
  }
  keep()
  return {
    occurrences: found.slice(0, window.limit).map(({ tell }) => tell()),
    unreadable: [...unreadable],
    truncated: found.length > window.limit,
  }
}

/** By series, the places in it that are taken by an instance of its own, or by nothing any more. */
function findReplaced(events: Iterable<CalendarEvent>): ReadonlyMap<string, ReadonlySet<string>> {
  const replaced = new Map<string, Set<string>>()
  for (const { calendarId, recurringEventId, originalStart } of events) {
    if (recurringEventId === null || originalStart === null) continue
    const series = idOf(calendarId, recurringEventId)
    const { allDay, value, instant } = originalStart
    const keys = replaced.get(series) ?? new Set()
    replaced.set(series, keys.add(keyOf(allDay, Date.parse(allDay ? value : instant))))
  }
  return replaced
}

function tellInstance(event: CalendarEvent, { start, end }: Instance): Occurrence {
  const began = start()
  return { event, seriesId: event.eventId, start: began, end: end(), originalStart: began }
}

function isSpan(start: CalendarMoment, end: CalendarMoment): boolean {
  return start.allDay === end.allDay && Date.parse(start.instant) <= Date.parse(end.instant)
}

// Google gives a shared event the same id in every calendar.
const idOf = (calendarId: string, eventId: string) => JSON.stringify([calendarId, eventId])
const keyOf = (allDay: boolean, at: number) => `${allDay ? 'day' : 'moment'} ${at}`
