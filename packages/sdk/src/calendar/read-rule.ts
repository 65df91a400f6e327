/** What an RRULE or EXRULE says, apart from when it ends. */
export interface Rule {
  /** RFC 5545, without COUNT and UNTIL. */
  readonly text: string
  readonly count: number | null
  /** As it is written: a date, a local date-time or one in UTC. */
  readonly until: string | null
  /** How often it can come true on one day. */
  readonly perDay: number
}

// Bounds for hostile lines: 86 400 times a day could be asked for in one of them.
const mostPerDay = 24
const mostValues = 31

const weekday = 'MO|TU|WE|TH|FR|SA|SU'
const within = (least: number, most: number) => (value: string) =>
  /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most
const fromEitherEnd = (most: number) => (value: string) => within(1, most)(value.replace(/^[+-]/, ''))
const matching = (pattern: RegExp) => (value: string) => pattern.test(value)

// RFC 5545, section 3.3.10. Google repeats nothing more often than daily.
// The 53rd weekday of a year is left out, because rrule-temporal 2.2.7 goes on into the next year.
const parts: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['FREQ', matching(/^(DAILY|WEEKLY|MONTHLY|YEARLY)$/)],
  ['INTERVAL', within(1, 9999)],
  ['COUNT', within(1, 999_999_999)],
  ['UNTIL', matching(/^\d{8}(T\d{6}Z?)?$/)],
  ['WKST', matching(new RegExp(`^(${weekday})$`))],
  ['BYSECOND', within(0, 59)],
  ['BYMINUTE', within(0, 59)],
  ['BYHOUR', within(0, 23)],
  ['BYDAY', matching(new RegExp(`^([+-]?([1-9]|[1-4]\\d|5[0-2]))?(${weekday})$`))],
  ['BYMONTHDAY', fromEitherEnd(31)],
  ['BYYEARDAY', fromEitherEnd(366)],
  ['BYWEEKNO', fromEitherEnd(53)],
  ['BYMONTH', within(1, 12)],
  ['BYSETPOS', fromEitherEnd(366)],
])
const single = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST']
const timesOfDay = ['BYHOUR', 'BYMINUTE', 'BYSECOND']

/** Reads the value of an RRULE or EXRULE; `null` for what RFC 5545 does not allow, and for more than 24 times a day. */
export function readRule(value: string, allDay: boolean): Rule | null {
  const read = new Map<string, string>()
  for (const part of value.toUpperCase().replace(/;$/, '').split(';')) {
    const [name = '', list = '', ...more] = part.split('=')
    const values = list.split(',')
    const allowed = parts.get(name)
    if (allowed === undefined || more.length > 0 || read.has(name) || values.length > mostValues || !values.every(allowed)) return null
    if (values.length > 1 && single.includes(name)) return null
    read.set(name, list)
  }
  if (!isCoherent(read)) return null
  const perDay = allDay ? 1 : timesOfDay.reduce((times, name) => times * (read.get(name)?.split(',').length ?? 1), 1)
  if (perDay > mostPerDay) return null
  // A whole day has no hours to choose from.
  const left = allDay ? ['COUNT', 'UNTIL', ...timesOfDay] : ['COUNT', 'UNTIL']
  read.set('BYDAY', spellWeekdays(read))
  const text = [...read].flatMap(([name, list]) => (left.includes(name) || list === '' ? [] : [`${name}=${list}`])).join(';')
  return { text, count: read.has('COUNT') ? Number(read.get('COUNT')) : null, until: read.get('UNTIL') ?? null, perDay }
}

// rrule-temporal 2.2.7 forgets plain weekdays that stand beside counted ones (`TH,4TU`) in a rule for whole years.
function spellWeekdays(read: ReadonlyMap<string, string>): string {
  const weekdays = read.get('BYDAY') ?? ''
  if (read.get('FREQ') !== 'YEARLY' || !/\d/.test(weekdays)) return weekdays
  return weekdays.replace(new RegExp(`(?<=^|,)(${weekday})`, 'g'), (name) =>
    [...Array.from({ length: 52 }, (_, at) => at + 1), -1].map((at) => `${at}${name}`).join(),
  )
}

function isCoherent(read: ReadonlyMap<string, string>): boolean {
  const frequency = read.get('FREQ')
  if (frequency === undefined || (read.has('COUNT') && read.has('UNTIL'))) return false
  if (/\d/.test(read.get('BYDAY') ?? '') && (!/^(MONTHLY|YEARLY)$/.test(frequency) || read.has('BYWEEKNO'))) return false
  if (frequency === 'WEEKLY' && read.has('BYMONTHDAY')) return false
  return frequency === 'YEARLY' || (!read.has('BYYEARDAY') && !read.has('BYWEEKNO'))
}
