import { clockOf, composeWallTime, fromWallTime } from '../model/wall-time.ts'
import type { WallClock } from '../model/wall-time.ts'
import { readRule } from './read-rule.ts'
import type { Rule } from './read-rule.ts'
import type { SeriesClock } from './series-clock.ts'

/** The lines of a series' `recurrence`. Dates and ends are wall times of its clock. */
export interface Recurrence {
  readonly rules: readonly BoundRule[]
  readonly excludedRules: readonly BoundRule[]
  readonly dates: readonly number[]
  readonly excludedDates: readonly number[]
}

export interface BoundRule extends Rule {
  /** Epoch ms of the last moment at which an instance may begin; infinite for a rule that goes on. */
  readonly lastStart: number
}

const dayMs = 86_400_000
const mostCharacters = 65_536
const mostRules = 4
const line = /^(RRULE|EXRULE|RDATE|EXDATE)((?:;[A-Z-]+=(?:"[^"]*"|[^;:"]+))*):(.+)$/i
const moment = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/i

/** `null` when a line is malformed, or when there are more of them than anybody writes. */
export function readRecurrence(lines: readonly string[], startWall: number, clock: SeriesClock): Recurrence | null {
  if (lines.reduce((sum, { length }) => sum + length, 0) > mostCharacters) return null
  const read = { rules: [] as BoundRule[], excludedRules: [] as BoundRule[], dates: [] as number[], excludedDates: [] as number[] }
  for (const text of lines) {
    const [, name = '', parameters = '', value = ''] = line.exec(text) ?? []
    if (/^(RR|EXR)ULE$/i.test(name)) {
      const rule = parameters === '' ? bindRule(value, clock) : null
      if (rule === null) return null
      ;(/^R/i.test(name) ? read.rules : read.excludedRules).push(rule)
    } else {
      const dates = readDates(value, parameters, /^R/i.test(name) ? startWall : null, clock)
      if (dates === null) return null
      ;(/^R/i.test(name) ? read.dates : read.excludedDates).push(...dates)
    }
  }
  return read.rules.length + read.excludedRules.length > mostRules ? null : read
}

function bindRule(value: string, clock: SeriesClock): BoundRule | null {
  const rule = readRule(value, clock.allDay)
  if (rule === null || rule.until === null) return rule && { ...rule, lastStart: Number.POSITIVE_INFINITY }
  const { wall, isDate, isUtc } = readMoment(rule.until)
  if (Number.isNaN(wall)) return null
  // A series of moments until a date goes on through that date.
  if (clock.allDay) return { ...rule, lastStart: clock.toInstant(Math.floor(wall / dayMs) * dayMs) }
  return { ...rule, lastStart: isUtc ? wall : isDate ? clock.toInstant(wall + dayMs) - 1 : clock.toInstant(wall) }
}

function readDates(text: string, parameters: string, startWall: number | null, clock: SeriesClock): number[] | null {
  let zone: WallClock | null = null
  for (const parameter of parameters.split(';').slice(1)) {
    const [name = '', value = ''] = parameter.replaceAll('"', '').split('=')
    if (/^TZID$/i.test(name)) {
      zone = clockOf(value)
      if (zone === null) return null
    } else if (!/^VALUE$/i.test(name) || !/^DATE(-TIME)?$/i.test(value)) return null
  }
  const walls = text.split(',').flatMap((value) => {
    const { wall, isDate, isUtc } = readMoment(value)
    if (clock.allDay) return [Math.floor(wall / dayMs) * dayMs]
    // Google: a date adds an instance at the usual time of day, but takes none away, because no instance equals it.
    if (isDate) return startWall === null && !Number.isNaN(wall) ? [] : [wall + timeOfDay(startWall ?? 0)]
    if (isUtc) return [Number.isNaN(wall) ? wall : clock.toWall(wall)]
    return [zone === null || Number.isNaN(wall) ? wall : sameWall(wall, zone, clock)]
  })
  return walls.some(Number.isNaN) ? null : walls
}

// A time that both clocks show is left as it is, skipped or not, because the rule names it like that too.
function sameWall(wall: number, zone: WallClock, clock: SeriesClock): number {
  const instant = fromWallTime(wall, zone)
  return clock.toInstant(wall) === instant ? wall : clock.toWall(instant)
}

function readMoment(text: string): { wall: number; isDate: boolean; isUtc: boolean } {
  const parts = moment.exec(text)
  const [hour = 0, minute = 0, second = 0] = parts?.slice(4, 7).map((part) => Number(part ?? 0)) ?? []
  const exists = parts !== null && hour <= 23 && minute <= 59 && second <= 59
  const wall = exists ? composeWallTime([...parts.slice(1, 4).map(Number), hour, minute, second]) : Number.NaN
  return { wall, isDate: parts?.[4] === undefined, isUtc: parts?.[7] !== undefined }
}

const timeOfDay = (wall: number) => ((wall % dayMs) + dayMs) % dayMs
