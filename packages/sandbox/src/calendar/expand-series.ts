import { invalidArgument } from '../http/api-error.ts'
import type { EventResource } from '../state/account-state.ts'
import { instanceKey } from './event-ids.ts'
import { instantOf, isAllDay } from './event-times.ts'
import { mergeRecurrence } from './recurrence/merge-recurrence.ts'
import { readRecurrence } from './recurrence/read-recurrence.ts'
import type { SeriesStart } from './recurrence/read-recurrence.ts'
import { instantOfWall, isZone, wallOf } from './zone-time.ts'

/** Where an instance of a series begins: on the clock of the series' zone, and as epoch ms. */
export interface Occurrence {
  wall: number
  start: number
}

interface Unfolding {
  known: Occurrence[]
  rest: Iterator<Occurrence>
}

// Beside the state, which is plain JSON. Each write makes a new resource, so what is known of one stays true.
const unfoldings = new WeakMap<EventResource, Unfolding>()

/** True for a series. */
export function isSeries({ recurrence }: EventResource): boolean {
  return Array.isArray(recurrence) && recurrence.length > 0
}

/** @throws ApiError 400 for lines that are malformed */
export function requireRecurrence(series: EventResource, calendarZone: string): void {
  if (!readRecurrence(series, startOf(series, calendarZone))) throw invalidArgument('Invalid recurrence rule.', 'invalid')
}

/** Where the instances of a series begin, in order and without exceptions; none for a series nobody can read. */
export function* expandSeries(series: EventResource, calendarZone: string): Generator<Occurrence> {
  const unfolding = unfoldings.get(series) ?? { known: [], rest: unfold(series, calendarZone) }
  unfoldings.set(series, unfolding)
  for (let at = 0; ; at++) {
    if (at === unfolding.known.length) {
      const next = unfolding.rest.next()
      if (next.done) return
      unfolding.known.push(next.value)
    }
    const occurrence = unfolding.known[at]
    if (occurrence) yield occurrence
  }
}

/** The instance that an id names; undefined when the series has none there. */
export function findOccurrence(series: EventResource, key: string, calendarZone: string): Occurrence | undefined {
  const allDay = isAllDay(series)
  for (const occurrence of expandSeries(series, calendarZone)) {
    const own = instanceKey(occurrence, allDay)
    if (own === key) return occurrence
    // Keys of one kind sort as times do.
    if (own > key) return undefined
  }
  return undefined
}

function* unfold(series: EventResource, calendarZone: string): Generator<Occurrence> {
  const start = startOf(series, calendarZone)
  const recurrence = Number.isNaN(start.wall + instantOf(series.end, calendarZone)) ? null : readRecurrence(series, start)
  if (!recurrence) return
  let last = Number.NEGATIVE_INFINITY
  for (const wall of mergeRecurrence(recurrence, start.wall)) {
    const occurrence = { wall, start: instantOfWall(wall, start.zone) }
    // Two wall times are one moment where the clock skips from one to the other.
    if (occurrence.start > last) yield occurrence
    last = Math.max(last, occurrence.start)
  }
}

function startOf({ start }: EventResource, calendarZone: string): SeriesStart {
  if (typeof start?.date === 'string') return { wall: Date.parse(start.date), allDay: true, zone: calendarZone }
  const zone = start?.timeZone !== undefined && isZone(start.timeZone) ? start.timeZone : calendarZone
  const instant = instantOf(start, calendarZone)
  return { wall: Number.isNaN(instant) ? Number.NaN : wallOf(instant, zone), allDay: false, zone }
}
