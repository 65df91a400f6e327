import type { CalendarEvent, CalendarMoment } from '../model/calendar-event.ts'
import { expandRule } from './expand-rule.ts'
import type { Expansion } from './expand-rule.ts'
import { readRecurrence } from './read-recurrence.ts'
import type { BoundRule } from './read-recurrence.ts'
import { seriesClock, shownBy, writeDateTime, writeDay } from './series-clock.ts'
import type { SeriesClock } from './series-clock.ts'
import { longestMs } from './window.ts'
import type { Window } from './window.ts'

/** When an instance of a series takes place, epoch ms; `key` names it among the instances. */
export interface Instance {
  readonly key: number
  readonly from: number
  readonly to: number
  readonly start: () => CalendarMoment
  readonly end: () => CalendarMoment
}

interface Moments {
  readonly start: CalendarMoment
  readonly end: CalendarMoment
}

const dayMs = 86_400_000
/** So many wall times of a rule are looked at together. */
const step = 10_000

/** The instances of a series that take place in a window, in the order of the rule. @throws Error for a series that cannot be read */
export function* expandSeries(series: CalendarEvent, { start, end }: Moments, window: Window): Generator<Instance> {
  const clock = seriesClock(start)
  const began = Date.parse(start.instant)
  const lasts = start.allDay ? shownBy(end) - shownBy(start) : Date.parse(end.instant) - began
  const startWall = start.allDay ? shownBy(start) : Math.floor(clock.toWall(began) / 1000) * 1000
  const read = readRecurrence(series.recurrence, startWall, clock)
  if (read === null || Number.isNaN(startWall) || !(lasts <= longestMs)) throw new TypeError('recurrence')
  const instantOf = (wall: number) => (wall === startWall ? began : clock.toInstant(wall))
  const keyOf = (wall: number) => (start.allDay ? wall : instantOf(wall))

  // A day more at both ends: clocks are ahead or behind by less.
  const last = window.to + dayMs
  const bind = (rule: BoundRule): Expansion => {
    const expansion = expandRule(rule, startWall, last)
    if (rule.lastStart === Number.POSITIVE_INFINITY) return expansion
    return (from, to) => expansion(from, to).filter((wall) => instantOf(wall) <= rule.lastStart)
  }
  const [rules, excludedRules] = [read.rules.map(bind), read.excludedRules.map(bind)]
  const excludedDates = new Set(read.excludedDates.map(keyOf))
  // Google: a series begins with its start, also where the rule leaves it out; but one whose rules ended before has none.
  const begins = read.rules.length === 0 || read.rules.some(({ lastStart }) => lastStart >= began)
  const dates = begins ? [startWall, ...read.dates] : read.dates
  const stepMs = Math.floor(step / Math.max(1, ...read.rules.map(({ perDay }) => perDay))) * dayMs
  const first = Math.max(window.from - lasts - dayMs, Math.min(startWall, ...dates))

  for (let from = first; from <= last; from += stepMs) {
    const to = Math.min(from + stepMs - 1, last)
    const excluded = new Set(excludedRules.flatMap((rule) => rule(from, to)).map(keyOf))
    const walls = [...rules.flatMap((rule) => rule(from, to)), ...dates.filter((wall) => wall >= from && wall <= to)]
    const told = new Set<number>()
    for (const wall of walls.toSorted((left, right) => left - right)) {
      const key = keyOf(wall)
      if (told.has(key) || excluded.has(key) || excludedDates.has(key)) continue
      told.add(key)
      const instance = instanceAt(wall, start.allDay ? instantOf(wall) : key, lasts, { start, end }, clock)
      if (takesPlace(instance, window)) yield { key, ...instance }
    }
  }
}

/** True for what takes place, at least in part, in a window; what lasts no time does where it begins. */
export function takesPlace({ from, to }: { readonly from: number; readonly to: number }, window: Window): boolean {
  return from < window.to && (to > window.from || from >= window.from)
}

// RFC 5545, section 3.8.5.3: an instance lasts exactly as long as the first one, whatever the clocks do meanwhile; whole days are counted.
function instanceAt(wall: number, from: number, lasts: number, { start, end }: Moments, clock: SeriesClock): Omit<Instance, 'key'> {
  if (start.allDay) {
    const to = clock.toInstant(wall + lasts)
    return { from, to, start: () => writeDay(wall, start, clock), end: () => writeDay(wall + lasts, end, clock) }
  }
  const to = from + lasts
  const endClock = end.timeZone === null || end.timeZone === start.timeZone ? clock : seriesClock(end)
  return { from, to, start: () => writeDateTime(from, start, clock), end: () => writeDateTime(to, end, endClock) }
}
