const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const WEEKDAY = /^(?:([+-]?)([1-9]|[1-4]\d|5[0-3]))?(SU|MO|TU|WE|TH|FR|SA)$/

/** Google repeats nothing more often than daily. */
export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** An RRULE or EXRULE; lists are empty for parts it does not have, and sorted. */
export interface RecurrenceRule {
  frequency: Frequency
  interval: number
  count: number
  /** Wall time, inclusive. */
  until: number
  /** 0 is Sunday; `nth` 0 is each of them. */
  weekdays: { weekday: number; nth: number }[]
  months: number[]
  monthDays: number[]
  yearDays: number[]
  weeks: number[]
  hours: number[]
  minutes: number[]
  seconds: number[]
  positions: number[]
  weekStart: number
}

/** Values each part may have, one by one. */
const PARTS: Record<string, (value: string) => boolean> = {
  FREQ: (value) => /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value),
  INTERVAL: within(1, 9999),
  COUNT: within(1, 99_999),
  UNTIL: (value) => /^\d{8}(T\d{6}Z?)?$/.test(value),
  BYSECOND: within(0, 59),
  BYMINUTE: within(0, 59),
  BYHOUR: within(0, 23),
  BYDAY: (value) => WEEKDAY.test(value),
  BYMONTHDAY: fromEitherEnd(31),
  BYYEARDAY: fromEitherEnd(366),
  BYWEEKNO: fromEitherEnd(53),
  BYMONTH: within(1, 12),
  BYSETPOS: fromEitherEnd(366),
  WKST: (value) => WEEKDAYS.includes(value),
}
const SINGLE = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST']

/** Reads a rule, with `readUntil` for the end; null for one that RFC 5545 does not allow. */
export function readRule(text: string, readUntil: (until: string) => number | null): RecurrenceRule | null {
  const parts = readParts(text)
  if (!parts || !isAllowed(parts)) return null
  const until = parts.has('UNTIL') ? readUntil(parts.get('UNTIL') ?? '') : Number.POSITIVE_INFINITY
  if (until === null) return null
  const numbers = (name: string) => (parts.get(name)?.split(',') ?? []).map(Number).toSorted((a, b) => a - b)
  return {
    frequency: parts.get('FREQ') as Frequency,
    interval: Number(parts.get('INTERVAL') ?? 1),
    count: Number(parts.get('COUNT') ?? Number.POSITIVE_INFINITY),
    until,
    weekdays: (parts.get('BYDAY')?.split(',') ?? []).map(readWeekday),
    months: numbers('BYMONTH'),
    monthDays: numbers('BYMONTHDAY'),
    yearDays: numbers('BYYEARDAY'),
    weeks: numbers('BYWEEKNO'),
    hours: numbers('BYHOUR'),
    minutes: numbers('BYMINUTE'),
    seconds: numbers('BYSECOND'),
    positions: numbers('BYSETPOS'),
    weekStart: WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO'),
  }
}

function readParts(text: string): Map<string, string> | null {
  const parts = new Map<string, string>()
  for (const part of text.toUpperCase().split(';')) {
    const [name = '', value = '', ...more] = part.split('=')
    const values = value.split(',')
    const allowed = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
    if (!allowed || more.length > 0 || parts.has(name) || !values.every(allowed)) return null
    if (SINGLE.includes(name) && values.length > 1) return null
    parts.set(name, value)
  }
  return parts
}

/** Parts that exclude each other. */
function isAllowed(parts: Map<string, string>): boolean {
  const frequency = parts.get('FREQ')
  const hasNth = /\d/.test(parts.get('BYDAY') ?? '')
  if (frequency === undefined || (parts.has('COUNT') && parts.has('UNTIL'))) return false
  if (frequency === 'WEEKLY' && parts.has('BYMONTHDAY')) return false
  if (frequency !== 'YEARLY' && (parts.has('BYYEARDAY') || parts.has('BYWEEKNO'))) return false
  if (hasNth && (frequency === 'DAILY' || frequency === 'WEEKLY' || parts.has('BYWEEKNO'))) return false
  return !parts.has('BYSETPOS') || [...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS')
}

function readWeekday(text: string): { weekday: number; nth: number } {
  const [, sign = '', nth = '0', name = ''] = WEEKDAY.exec(text) ?? []
  return { weekday: WEEKDAYS.indexOf(name), nth: Number(`${sign}${nth}`) }
}

function within(least: number, most: number): (value: string) => boolean {
  return (value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most
}

function fromEitherEnd(most: number): (value: string) => boolean {
  return (value) => within(1, most)(value.replace(/^[+-]/, ''))
}
