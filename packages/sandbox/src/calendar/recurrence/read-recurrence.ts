import type { EventResource } from '../../state/account-state.ts'
import { readRule } from './read-rule.ts'
import type { RecurrenceRule } from './read-rule.ts'
import { instantOfWall, isZone, wallOf } from '../zone-time.ts'

const DAY = 86_400_000
const LINE = /^(RRULE|EXRULE|RDATE|EXDATE)((?:;[A-Z-]+=[^;:]+)*):(.+)$/i
const VALUE = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/

/** Where a series begins, on the clock of its own zone. */
export interface SeriesStart {
  wall: number
  allDay: boolean
  zone: string
}

/** The lines of `recurrence`, in wall times of the series' zone. */
export interface Recurrence {
  rules: RecurrenceRule[]
  excludedRules: RecurrenceRule[]
  dates: number[]
  excludedDates: Set<number>
}

/** Reads the lines of `recurrence`; null when one of them is malformed. */
export function readRecurrence({ recurrence: lines }: EventResource, start: SeriesStart): Recurrence | null {
  if (!Array.isArray(lines)) return null
  const read: Recurrence = { rules: [], excludedRules: [], dates: [], excludedDates: new Set() }
  for (const line of lines) {
    const [, name = '', parameters = '', value = ''] = LINE.exec(String(line)) ?? []
    const isRule = /^(RR|EXR)ULE$/i.test(name)
    const rule = isRule && parameters === '' ? buildRule(value, start) : null
    const dates = isRule ? null : readDates(value, parameters, start)
    if (rule) (/^RR/i.test(name) ? read.rules : read.excludedRules).push(rule)
    else if (!dates) return null
    else if (/^RD/i.test(name)) read.dates.push(...dates)
    else for (const date of dates) read.excludedDates.add(date)
  }
  return read.rules.length + read.dates.length > 0 ? read : null
}

function buildRule(text: string, start: SeriesStart): RecurrenceRule | null {
  // A series of moments until a date goes on through that date.
  const rule = readRule(text, (until) => readValue(until, { ...start, wall: DAY - 1000 }, start.zone))
  // A whole day has no hours to choose from (RFC 5545, 3.3.10).
  return rule && start.allDay ? { ...rule, hours: [], minutes: [], seconds: [] } : rule
}

function readDates(text: string, parameters: string, start: SeriesStart): number[] | null {
  let zone = start.zone
  for (const parameter of parameters.split(';').slice(1)) {
    const [name = '', value = ''] = parameter.split('=')
    if (/^TZID$/i.test(name) && isZone(value)) zone = value
    else if (!/^VALUE$/i.test(name) || !/^DATE(-TIME)?$/i.test(value)) return null
  }
  const walls = text.split(',').map((value) => readValue(value, start, zone))
  return walls.every((wall) => wall !== null) ? walls : null
}

/** A date means, in a series of moments, the time of day at which the series begins. */
function readValue(text: string, start: SeriesStart, zone: string): number | null {
  const [, year, month, day, hour, minute, second, utc] = VALUE.exec(text) ?? []
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  if (year === undefined || new Date(date).getUTCDate() !== Number(day)) return null
  if (start.allDay) return date
  if (hour === undefined) return date + (((start.wall % DAY) + DAY) % DAY)
  const wall = date + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000
  if (utc !== undefined) return wallOf(wall, start.zone)
  return zone === start.zone ? wall : wallOf(instantOfWall(wall, zone), start.zone)
}
