import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { CalendarEvent, CalendarMoment } from '../model/calendar-event.ts'
import { newCalendarEvent } from '../testing/new-calendar-event.ts'
import { occurrences } from './index.ts'

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const dayMs = 86_400_000

interface Repetition {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  readonly interval: number
  readonly months: readonly number[]
  readonly monthDays: readonly number[]
  readonly days: readonly string[]
  readonly position: number | null
  readonly weekStart: string
  readonly count: number | null
}

const list = <Value>(values: readonly Value[]) =>
  fc.oneof(fc.constant<Value[]>([]), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }))
const counted = weekdays.flatMap((name) => ['', '1', '2', '5', '-1', '-2'].map((nth) => `${nth}${name}`))

const repetition: fc.Arbitrary<Repetition> = fc
  .record({
    frequency: fc.constantFrom('DAILY' as const, 'WEEKLY' as const, 'MONTHLY' as const, 'YEARLY' as const),
    interval: fc.integer({ min: 1, max: 5 }),
    months: list(Array.from({ length: 12 }, (_, at) => at + 1)),
    monthDays: list([1, 5, 13, 15, 28, 29, 30, 31, -1, -2, -31]),
    days: list(counted),
    position: fc.option(fc.constantFrom(1, 2, -1)),
    weekStart: fc.constantFrom('MO', 'SU'),
    count: fc.option(fc.integer({ min: 1, max: 40 })),
  })
  .map(({ frequency, monthDays, days, position, ...rest }) => {
    const isLong = frequency === 'MONTHLY' || frequency === 'YEARLY'
    const allowed = frequency === 'WEEKLY' ? [] : monthDays
    // A counted weekday beside days of the month means nothing that the RFC settles.
    const plain = isLong && allowed.length === 0 ? days : [...new Set(days.map((name) => name.slice(-2)))]
    return { ...rest, frequency, monthDays: allowed, days: plain, position: isLong && plain.length + allowed.length > 0 ? position : null }
  })

function write({ frequency, interval, months, monthDays, days, position, weekStart, count }: Repetition): string {
  const parts = [
    ['FREQ', frequency],
    ['INTERVAL', interval],
    ['BYMONTH', months],
    ['BYMONTHDAY', monthDays],
    ['BYDAY', days],
    ['BYSETPOS', position],
    ['WKST', weekStart],
    ['COUNT', count],
  ] as const
  return parts.flatMap(([name, value]) => (value === null || String(value) === '' ? [] : [`${name}=${String(value)}`])).join(';')
}

/** Looks at every single day and asks whether the rule means it: slow, and nothing like an iterator. */
function byDay(rule: Repetition, start: Temporal.PlainDate, until: Temporal.PlainDate): Temporal.PlainDate[] {
  const periods = new Map<number, Temporal.PlainDate[]>()
  const weekStart = start.subtract({ days: (start.dayOfWeek - 1 - weekdays.indexOf(rule.weekStart) + 7) % 7 })
  const periodOf = (day: Temporal.PlainDate) => {
    if (rule.frequency === 'DAILY') return start.until(day).days
    if (rule.frequency === 'WEEKLY') return Math.floor(weekStart.until(day).days / 7)
    return rule.frequency === 'MONTHLY' ? (day.year - start.year) * 12 + day.month - start.month : day.year - start.year
  }
  const isWeekday = (day: Temporal.PlainDate, name: string) => {
    if (weekdays[day.dayOfWeek - 1] !== name.slice(-2)) return false
    const nth = Number(name.slice(0, -2))
    const ofYear = rule.frequency === 'YEARLY' && rule.months.length === 0
    const [at, length] = ofYear ? [day.dayOfYear, day.daysInYear] : [day.day, day.daysInMonth]
    return nth === 0 || (nth > 0 ? Math.ceil(at / 7) === nth : Math.ceil((length + 1 - at) / 7) === -nth)
  }
  const isMeant = (day: Temporal.PlainDate) => {
    if (rule.months.length > 0 && !rule.months.includes(day.month)) return false
    if (rule.monthDays.length > 0 && !rule.monthDays.includes(day.day) && !rule.monthDays.includes(day.day - day.daysInMonth - 1))
      return false
    if (rule.days.length > 0) return rule.days.some((name) => isWeekday(day, name))
    if (rule.monthDays.length > 0 || rule.frequency === 'DAILY') return true
    if (rule.frequency === 'WEEKLY') return day.dayOfWeek === start.dayOfWeek
    return day.day === start.day && (rule.frequency === 'MONTHLY' || rule.months.length > 0 || day.month === start.month)
  }
  const last = until.with({ month: 12, day: 31 })
  for (let day = start.with({ month: 1, day: 1 }); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const period = periodOf(day)
    if (period >= 0 && period % rule.interval === 0 && isMeant(day)) periods.set(period, [...(periods.get(period) ?? []), day])
  }
  const picked = [...periods.values()].flatMap((days) =>
    rule.position === null ? days : days.slice(...(rule.position > 0 ? [rule.position - 1, rule.position] : [-1])),
  )
  return picked.filter((day) => Temporal.PlainDate.compare(day, start) >= 0).slice(0, rule.count ?? undefined)
}

function momentAt(at: Temporal.ZonedDateTime): CalendarMoment {
  const value = at.toString({ timeZoneName: 'never', smallestUnit: 'second' })
  return { value, allDay: false, timeZone: at.timeZoneId, instant: new Date(at.epochMilliseconds).toISOString() }
}

const hourly = (start: Temporal.ZonedDateTime, rule: Repetition): CalendarEvent =>
  newCalendarEvent({
    eventId: 'series',
    start: momentAt(start),
    end: momentAt(start.add({ hours: 1 })),
    recurrence: [`RRULE:${write(rule)}`],
  })

describe('a series', () => {
  it('takes place on the days that its rule means, at the time of day of its zone', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
      'Africa/Casablanca',
      'UTC',
    ]
    const facts = fc.record({
      rule: repetition,
      timeZone: fc.constantFrom(...zones),
      day: fc.integer({ min: 0, max: 3000 }),
      minute: fc.integer({ min: 0, max: 1439 }),
      wait: fc.integer({ min: -10, max: 900 }),
      wide: fc.integer({ min: 1, max: 400 }),
    })
    fc.assert(
      fc.property(facts, ({ rule, timeZone, day, minute, wait, wide }) => {
        const first = Temporal.PlainDate.from('2015-01-01').add({ days: day })
        const time = Temporal.PlainTime.from('00:00').add({ minutes: minute })
        const at = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone, plainTime: time })
        const start = at(first)
        // A start that was moved out of a gap makes a series at another time of day.
        fc.pre(start.toPlainTime().equals(time))
        const from = start.epochMilliseconds + wait * dayMs
        const to = from + wide * dayMs
        const { occurrences: told, unreadable } = occurrences([hourly(start, rule)], {
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
        })
        const meant = byDay(rule, first, first.add({ days: wait + wide + 2 })).map((date) => at(date).epochMilliseconds)
        const expected = [...new Set([start.epochMilliseconds, ...meant])].filter((began) => began < to && began + 3_600_000 > from)
        expect(unreadable).toEqual([])
        expect(told.map((occurrence) => occurrence.start.instant)).toEqual(expected.map((began) => new Date(began).toISOString()))
      }),
      { numRuns: 200 },
    )
  }, 120_000)
})

describe('hostile rules', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => hour).join()
  const start = Temporal.ZonedDateTime.from('1970-01-01T09:00:00+01:00[Europe/Berlin]')
  const window = { from: '2026-01-01T00:00:00Z', to: '2045-01-01T00:00:00Z' }
  const everyDay = weekdays.join()

  it.each([
    'FREQ=SECONDLY;COUNT=1000000000',
    `FREQ=DAILY;BYHOUR=${hours};BYMINUTE=0,30`,
    `FREQ=YEARLY;BYYEARDAY=${Array.from({ length: 366 }, (_, day) => day + 1).join()}`,
    'FREQ=DAILY;INTERVAL=1000000000',
    'FREQ=DAILY;COUNT=999999999999999999999',
  ])('are not followed: %s', (rule) => {
    const series = { ...hourly(start, {} as Repetition), recurrence: [`RRULE:${rule}`] }
    expect(occurrences([series], window)).toEqual({ occurrences: [], unreadable: ['series'], truncated: false })
  })

  it.each([
    ['FREQ=DAILY;COUNT=999999999', 6940],
    [`FREQ=DAILY;BYHOUR=${hours}`, 10_000],
    [`FREQ=YEARLY;BYDAY=${everyDay};BYHOUR=${hours};BYSETPOS=-1,366`, 38],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 0],
    ['FREQ=YEARLY;BYYEARDAY=366;BYWEEKNO=20', 0],
    ['FREQ=YEARLY;INTERVAL=9999', 0],
  ])('come to an end: %s', (rule, count) => {
    const series = { ...hourly(start, {} as Repetition), recurrence: [`RRULE:${rule}`] }
    const { occurrences: told, unreadable } = occurrences([series], window)
    expect(unreadable).toEqual([])
    expect(told).toHaveLength(count)
  })

  it('never make it throw', () => {
    const line = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'RULEXDATFQ=;:,0129-+TZ '), maxLength: 60 }),
      fc
        .tuple(
          fc.constantFrom('FREQ=DAILY', 'FREQ=YEARLY', 'FREQ=WEEKLY'),
          fc.constantFrom('COUNT', 'INTERVAL', 'UNTIL', 'BYDAY', 'BYSETPOS', 'BYMONTH'),
          fc.constantFrom('0', '1', '-1', '9999', '20260230', 'MO', '5MO', ''),
        )
        .map(([frequency, name, value]) => `RRULE:${frequency};${name}=${value}`),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3 }), (recurrence) => {
        const { occurrences: told, unreadable } = occurrences([{ ...hourly(start, {} as Repetition), recurrence }], { ...window, limit: 5 })
        expect(unreadable.length === 0 || told.length === 0).toBe(true)
      }),
    )
  }, 60_000)
})
