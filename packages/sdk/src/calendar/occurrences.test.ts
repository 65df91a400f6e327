import { describe, expect, it } from 'vitest'
import { instantOf } from '../model/time-zone.ts'
import type { CalendarEvent, CalendarMoment } from '../model/calendar-event.ts'
import { newCalendarEvent } from '../testing/new-calendar-event.ts'
import { occurrences } from './index.ts'

const berlin = 'Europe/Berlin'

function moment(value: string, timeZone: string | null = berlin): CalendarMoment {
  const allDay = !value.includes('T')
  const instant = new Date(instantOf({ value, allDay, timeZone }, berlin) ?? Number.NaN).toISOString()
  return { value, allDay, timeZone, instant }
}

const event = (eventId: string, start: CalendarMoment, end: CalendarMoment, more: Partial<CalendarEvent> = {}) =>
  newCalendarEvent({ eventId, start, end, ...more })

const series = (start: string, end: string, ...recurrence: string[]) => event('series', moment(start), moment(end), { recurrence })
const instanceOf = (id: string, from: string, start: string, end: string, more: Partial<CalendarEvent> = {}) =>
  event(id, moment(start), moment(end), { recurringEventId: 'series', originalStart: moment(from), ...more })

const march = { from: '2026-03-01T00:00:00+01:00', to: '2026-04-01T00:00:00+02:00' }
const starts = (events: readonly CalendarEvent[], window = march) => occurrences(events, window).occurrences.map(({ start }) => start.value)
const spans = (events: readonly CalendarEvent[], window = march) =>
  occurrences(events, window).occurrences.map(({ start, end }) => `${start.value}/${end.value}`)

describe('a single event', () => {
  const shift = event('shift', moment('2026-03-02T09:00:00+01:00'), moment('2026-03-02T17:00:00+01:00'))

  it('takes place when it says', () => {
    expect(occurrences([shift], march)).toEqual({
      occurrences: [{ event: shift, seriesId: null, start: shift.start, end: shift.end, originalStart: null }],
      unreadable: [],
      truncated: false,
    })
  })

  it.each([
    ['ends as the window begins', '2026-03-02T16:00:00Z', '2026-03-03T00:00:00Z', 0],
    ['reaches into the window', '2026-03-02T15:59:59Z', '2026-03-03T00:00:00Z', 1],
    ['begins as the window ends', '2026-03-01T00:00:00Z', '2026-03-02T08:00:00Z', 0],
    ['begins just before the window ends', '2026-03-01T00:00:00Z', '2026-03-02T08:00:01Z', 1],
  ])('that %s', (_, from, to, count) => {
    expect(occurrences([shift], { from, to }).occurrences).toHaveLength(count)
  })

  it('that lasts no time takes place where it begins', () => {
    const reminder = event('reminder', moment('2026-03-02T09:00:00+01:00'), moment('2026-03-02T09:00:00+01:00'))
    expect(starts([reminder], { ...march, from: '2026-03-02T09:00:00+01:00' })).toHaveLength(1)
    expect(starts([reminder], { ...march, to: '2026-03-02T09:00:00+01:00' })).toHaveLength(0)
  })

  it('that was cancelled takes place no more', () => {
    expect(starts([{ ...shift, status: 'cancelled', start: null, end: null }])).toEqual([])
  })
})

describe('a series', () => {
  it('keeps its time of day over a change of the clocks', () => {
    expect(spans([series('2026-03-14T09:00:00+01:00', '2026-03-14T10:00:00+01:00', 'RRULE:FREQ=WEEKLY')])).toEqual([
      '2026-03-14T09:00:00+01:00/2026-03-14T10:00:00+01:00',
      '2026-03-21T09:00:00+01:00/2026-03-21T10:00:00+01:00',
      '2026-03-28T09:00:00+01:00/2026-03-28T10:00:00+01:00',
    ])
    const autumn = { ...march, from: '2026-10-20T00:00:00Z', to: '2026-11-01T00:00:00Z' }
    const evening = event(
      'series',
      moment('2026-10-23T18:00:00-04:00', 'America/New_York'),
      moment('2026-10-23T19:00:00-04:00', 'America/New_York'),
      {
        recurrence: ['RRULE:FREQ=WEEKLY'],
      },
    )
    expect(starts([evening], { ...autumn, to: '2026-11-08T00:00:00Z' })).toEqual([
      '2026-10-23T18:00:00-04:00',
      '2026-10-30T18:00:00-04:00',
      '2026-11-06T18:00:00-05:00',
    ])
  })

  it('goes by the zone of its event, whatever the offset is that its start was written with', () => {
    const start = { ...moment('2026-03-27T22:00:00Z'), timeZone: 'America/New_York' }
    const weekly = event(
      'series',
      start,
      { ...moment('2026-03-27T23:00:00Z'), timeZone: 'Asia/Tokyo' },
      { recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] },
    )
    expect(spans([weekly])).toEqual([
      '2026-03-27T18:00:00-04:00/2026-03-28T08:00:00+09:00',
      '2026-03-28T18:00:00-04:00/2026-03-29T08:00:00+09:00',
    ])
  })

  it('moves a time that the clock skips on by the gap, and takes the first of one that comes twice', () => {
    const nightly = series('2026-03-28T02:30:00+01:00', '2026-03-28T03:30:00+01:00', 'RRULE:FREQ=DAILY')
    expect(spans([nightly], { ...march, from: '2026-03-29T00:00:00Z', to: '2026-03-30T12:00:00Z' })).toEqual([
      '2026-03-29T03:30:00+02:00/2026-03-29T04:30:00+02:00',
      '2026-03-30T02:30:00+02:00/2026-03-30T03:30:00+02:00',
    ])
    expect(starts([nightly], { ...march, from: '2026-10-25T00:00:00Z', to: '2026-10-25T12:00:00Z' })).toEqual(['2026-10-25T02:30:00+02:00'])
  })

  it('lasts as long over a change of the clocks as it always does', () => {
    const night = series('2026-03-27T22:00:00+01:00', '2026-03-28T06:00:00+01:00', 'RRULE:FREQ=DAILY;COUNT=2')
    expect(spans([night])[1]).toBe('2026-03-28T22:00:00+01:00/2026-03-29T07:00:00+02:00')
  })

  it('of whole days goes by date, and begins at the midnights of its calendar', () => {
    const vacation = series('2026-03-27', '2026-03-29', 'RRULE:FREQ=WEEKLY;COUNT=2')
    const { occurrences: told } = occurrences([vacation], { ...march, to: '2026-05-01T00:00:00Z' })
    expect(told.map(({ start, end }) => [start.value, start.instant, end.value, end.instant])).toEqual([
      ['2026-03-27', '2026-03-26T23:00:00.000Z', '2026-03-29', '2026-03-28T23:00:00.000Z'],
      ['2026-04-03', '2026-04-02T22:00:00.000Z', '2026-04-05', '2026-04-04T22:00:00.000Z'],
    ])
  })

  it('of whole days keeps the offset of its first day when the zone of the calendar is not known', () => {
    const placed = series('2026-03-28', '2026-03-29', 'RRULE:FREQ=DAILY;COUNT=3')
    const nowhere = (at: CalendarMoment | null) => at && { ...at, timeZone: null }
    const daily = { ...placed, start: nowhere(placed.start), end: nowhere(placed.end) }
    const { occurrences: told } = occurrences([daily], { from: march.from, to: march.to })
    expect(told.map(({ start }) => `${start.value} ${start.instant}`)).toEqual([
      '2026-03-28 2026-03-27T23:00:00.000Z',
      '2026-03-29 2026-03-28T23:00:00.000Z',
      '2026-03-30 2026-03-29T23:00:00.000Z',
    ])
  })

  it('of whole days skips no date where the calendar itself skipped a day', () => {
    const daily = event(
      'series',
      { value: '2011-12-29', allDay: true, timeZone: 'Pacific/Apia', instant: '2011-12-29T10:00:00.000Z' },
      { value: '2011-12-30', allDay: true, timeZone: 'Pacific/Apia', instant: '2011-12-30T10:00:00.000Z' },
      {
        recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
      },
    )
    const window = { from: '2011-12-30T12:00:00Z', to: '2012-01-02T00:00:00Z' }
    expect(starts([daily], window)).toEqual(['2011-12-31'])
  })

  it('begins with its start, also where the rule leaves it out and does not count it', () => {
    expect(starts([series('2026-03-05T20:00:00+01:00', '2026-03-05T21:00:00+01:00', 'RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=WE')])).toEqual([
      '2026-03-05T20:00:00+01:00',
      '2026-03-11T20:00:00+01:00',
      '2026-03-18T20:00:00+01:00',
      '2026-03-25T20:00:00+01:00',
    ])
  })

  it('tells what reaches into the window from before', () => {
    const night = series('2026-02-01T22:00:00+01:00', '2026-02-02T06:00:00+01:00', 'RRULE:FREQ=DAILY')
    expect(starts([night], { ...march, from: '2026-03-02T05:00:00+01:00', to: '2026-03-02T12:00:00+01:00' })).toEqual([
      '2026-03-01T22:00:00+01:00',
    ])
  })

  it('tells where each of its instances stands', () => {
    const daily = series('2026-03-02T09:00:00+01:00', '2026-03-02T10:00:00+01:00', 'RRULE:FREQ=DAILY;COUNT=1')
    const [first] = occurrences([daily], march).occurrences
    expect(first).toMatchObject({ event: daily, seriesId: 'series', originalStart: moment('2026-03-02T09:00:00+01:00') })
  })

  it('that was cancelled takes place no more, nor do its instances', () => {
    const cancelled = { ...series('2026-03-02T09:00:00+01:00', '2026-03-02T10:00:00+01:00', 'RRULE:FREQ=DAILY'), status: 'cancelled' }
    expect(
      starts([instanceOf('moved', '2026-03-03T09:00:00+01:00', '2026-03-03T11:00:00+01:00', '2026-03-03T12:00:00+01:00'), cancelled]),
    ).toEqual([])
  })
})

describe('the lines of a series', () => {
  const daily = (...lines: string[]) =>
    starts([series('2026-03-02T09:00:00+01:00', '2026-03-02T10:00:00+01:00', 'RRULE:FREQ=DAILY;COUNT=4', ...lines)]).map((value) =>
      value.slice(8, 16),
    )
  const days = (...lines: string[]) =>
    starts([series('2026-03-02', '2026-03-03', 'RRULE:FREQ=DAILY;COUNT=4', ...lines)]).map((value) => value.slice(8))

  it.each([
    ['EXDATE;TZID=Europe/Berlin:20260303T090000', ['02T09:00', '04T09:00', '05T09:00']],
    ['EXDATE;TZID=America/New_York:20260303T030000', ['02T09:00', '04T09:00', '05T09:00']],
    ['EXDATE:20260303T080000Z,20260305T080000Z', ['02T09:00', '04T09:00']],
    ['EXDATE:20260302T090000', ['03T09:00', '04T09:00', '05T09:00']],
    ['exdate;tzid="Europe/Berlin":20260303t090000', ['02T09:00', '04T09:00', '05T09:00']],
    // Of the same value type as the start, or it names none (Google).
    ['EXDATE;VALUE=DATE:20260303', ['02T09:00', '03T09:00', '04T09:00', '05T09:00']],
    ['EXDATE:20260303T093000', ['02T09:00', '03T09:00', '04T09:00', '05T09:00']],
    ['EXRULE:FREQ=WEEKLY;BYDAY=TU,WE', ['02T09:00', '05T09:00']],
    ['RDATE:20260310T130000Z', ['02T09:00', '03T09:00', '04T09:00', '05T09:00', '10T14:00']],
    ['RDATE;TZID=Europe/London:20260301T100000', ['01T11:00', '02T09:00', '03T09:00', '04T09:00', '05T09:00']],
    ['RDATE;VALUE=DATE:20260310,20260303', ['02T09:00', '03T09:00', '04T09:00', '05T09:00', '10T09:00']],
    ['RRULE:FREQ=WEEKLY;COUNT=2', ['02T09:00', '03T09:00', '04T09:00', '05T09:00', '09T09:00']],
  ])('understand %s', (line, expected) => {
    expect(daily(line)).toEqual(expected)
  })

  it.each([
    ['EXDATE;VALUE=DATE:20260303', ['02', '04', '05']],
    ['EXDATE:20260303T000000', ['02', '04', '05']],
    ['RDATE;VALUE=DATE:20260310', ['02', '03', '04', '05', '10']],
  ])('of whole days understand %s', (line, expected) => {
    expect(days(line)).toEqual(expected)
  })

  it.each([
    ['20260304T080000Z', 3],
    ['20260304T075959Z', 2],
    ['20260304T090000', 3],
    ['20260304', 3],
    ['20260301T000000Z', 0],
  ])('end with UNTIL=%s', (until, count) => {
    expect(starts([series('2026-03-02T09:00:00+01:00', '2026-03-02T10:00:00+01:00', `RRULE:FREQ=DAILY;UNTIL=${until}`)])).toHaveLength(
      count,
    )
  })

  it.each(['20260304', '20260304T000000Z'])('of whole days end with UNTIL=%s', (until) => {
    expect(starts([series('2026-03-02', '2026-03-03', `RRULE:FREQ=DAILY;UNTIL=${until}`)])).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-04',
    ])
  })

  it('take away an instance that the clock moved on', () => {
    const nightly = series('2026-03-28T02:30:00+01:00', '2026-03-28T03:00:00+01:00', 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE:20260329T013000Z')
    expect(starts([nightly])).toEqual(['2026-03-28T02:30:00+01:00', '2026-03-30T02:30:00+02:00'])
  })

  it.each([
    ['', 'RRULE'],
    ['RRULE:'],
    ['RRULE:FREQ=FOO'],
    ['RRULE:FREQ=SECONDLY'],
    ['RRULE:FREQ=MINUTELY;INTERVAL=15'],
    ['RRULE:FREQ=HOURLY'],
    ['RRULE:COUNT=3'],
    ['RRULE:FREQ=DAILY;COUNT=0'],
    ['RRULE:FREQ=DAILY;COUNT=x'],
    ['RRULE:FREQ=DAILY;INTERVAL=0'],
    ['RRULE:FREQ=DAILY;INTERVAL=-1'],
    ['RRULE:FREQ=DAILY;COUNT=2;UNTIL=20260401'],
    ['RRULE:FREQ=DAILY;FREQ=WEEKLY'],
    ['RRULE:FREQ=DAILY;BYDAY=XX'],
    ['RRULE:FREQ=DAILY;BYDAY=1MO'],
    ['RRULE:FREQ=DAILY;BYHOUR=24'],
    ['RRULE:FREQ=DAILY;UNTIL=20260230'],
    ['RRULE:FREQ=WEEKLY;BYMONTHDAY=1'],
    ['RRULE:FREQ=MONTHLY;BYWEEKNO=1'],
    ['RRULE:FREQ=YEARLY;RSCALE=CHINESE'],
    ['RRULE;X=1:FREQ=DAILY'],
    ['EXDATE:yesterday'],
    ['EXDATE;TZID=Mars/Base:20260303T090000'],
    ['RDATE;VALUE=PERIOD:20260303T090000Z/PT1H'],
    ['DTSTART:20260302T090000Z'],
    ['RRULE:FREQ=DAILY\nRRULE:FREQ=DAILY'],
    [`RDATE:${Array(5000).fill('20260303T090000Z').join()}`],
  ])('that nobody can read leave the series out: %s', (...lines) => {
    const single = event('single', moment('2026-03-02T09:00:00+01:00'), moment('2026-03-02T10:00:00+01:00'))
    const odd = series('2026-03-02T09:00:00+01:00', '2026-03-02T10:00:00+01:00', ...lines)
    const { occurrences: told, unreadable } = occurrences([odd, single], march)
    expect(unreadable).toEqual(['series'])
    expect(told.map(({ event: { eventId } }) => eventId)).toEqual(['single'])
  })
})

describe('an instance of a series', () => {
  const daily = series('2026-03-02T09:00:00+01:00', '2026-03-02T10:00:00+01:00', 'RRULE:FREQ=DAILY;COUNT=3')

  it('that was moved stands in the place of its own, in any order of the events', () => {
    const moved = instanceOf('moved', '2026-03-03T09:00:00+01:00', '2026-03-05T15:00:00+01:00', '2026-03-05T16:00:00+01:00')
    const { occurrences: told } = occurrences([moved, daily], march)
    expect(told).toHaveLength(3)
    expect(told[2]).toEqual({ event: moved, seriesId: 'series', start: moved.start, end: moved.end, originalStart: moved.originalStart })
    expect(occurrences([daily, moved], march).occurrences).toEqual(told)
  })

  it('is found by its instant, whatever the offset is that it was written with', () => {
    const changed = instanceOf('changed', '2026-03-03T08:00:00Z', '2026-03-03T09:00:00+01:00', '2026-03-03T09:30:00+01:00')
    expect(spans([daily, changed])[1]).toBe('2026-03-03T09:00:00+01:00/2026-03-03T09:30:00+01:00')
  })

  it('that was moved out of the window is not in it, and one that was moved into it is', () => {
    const out = instanceOf('out', '2026-03-03T09:00:00+01:00', '2026-06-01T09:00:00+02:00', '2026-06-01T10:00:00+02:00')
    expect(starts([daily, out])).toHaveLength(2)
    expect(starts([daily, out], { ...march, from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' })).toEqual([
      '2026-06-01T09:00:00+02:00',
    ])
  })

  it('that was cancelled is taken out of its series', () => {
    const cancelled = {
      ...instanceOf('cancelled', '2026-03-03T09:00:00+01:00', '2026-03-03', '2026-03-03'),
      status: 'cancelled',
      start: null,
      end: null,
    }
    expect(starts([cancelled, daily])).toEqual(['2026-03-02T09:00:00+01:00', '2026-03-04T09:00:00+01:00'])
  })

  it('of whole days is found by its date', () => {
    const days = series('2026-03-02', '2026-03-03', 'RRULE:FREQ=DAILY;COUNT=3')
    const originalStart = { ...moment('2026-03-03'), instant: '2026-03-03T05:00:00.000Z' }
    const cancelled = { ...instanceOf('cancelled', '2026-03-03', '2026-03-03', '2026-03-03'), originalStart, status: 'cancelled' }
    expect(starts([days, cancelled])).toEqual(['2026-03-02', '2026-03-04'])
  })

  it('whose series is not known is told, because an account may be invited to it alone', () => {
    const alone = instanceOf('alone', '2026-03-03T09:00:00+01:00', '2026-03-03T15:00:00+01:00', '2026-03-03T16:00:00+01:00')
    expect(starts([alone])).toEqual(['2026-03-03T15:00:00+01:00'])
  })

  it('belongs to the series of its own calendar', () => {
    const other = instanceOf('other', '2026-03-03T09:00:00+01:00', '2026-03-03T15:00:00+01:00', '2026-03-03T16:00:00+01:00', {
      calendarId: 'other',
    })
    expect(starts([daily, other])).toHaveLength(4)
  })

  it('without its place in the series is left out and named', () => {
    const lost = {
      ...instanceOf('lost', '2026-03-03T09:00:00+01:00', '2026-03-03T15:00:00+01:00', '2026-03-03T16:00:00+01:00'),
      originalStart: null,
    }
    expect(occurrences([daily, lost], march)).toMatchObject({ unreadable: ['lost'], occurrences: { length: 3 } })
  })
})

describe('what is told', () => {
  it('is in order of start, then of id', () => {
    const at = (id: string, hour: string) => event(id, moment(`2026-03-02T${hour}:00:00+01:00`), moment(`2026-03-02T20:00:00+01:00`))
    const { occurrences: told } = occurrences([at('c', '09'), at('b', '10'), at('a', '10'), at('d', '08')], march)
    expect(told.map(({ event: { eventId } }) => eventId)).toEqual(['d', 'c', 'a', 'b'])
  })

  it('is the earliest, up to the limit', () => {
    const daily = series('2020-01-01T09:00:00+01:00', '2020-01-01T10:00:00+01:00', 'RRULE:FREQ=DAILY')
    const single = event('single', moment('2026-03-02T08:00:00+01:00'), moment('2026-03-02T10:00:00+01:00'))
    const told = occurrences([daily, single], { ...march, limit: 3 })
    expect(told.truncated).toBe(true)
    expect(told.occurrences.map(({ start }) => start.value.slice(8, 13))).toEqual(['01T09', '02T08', '02T09'])
    expect(occurrences([daily, single], { ...march, limit: 32 }).truncated).toBe(false)
  })

  it('leaves out and names an event without times, or that ends before it begins', () => {
    const shift = event('shift', moment('2026-03-02T09:00:00+01:00'), moment('2026-03-02T08:00:00+01:00'))
    expect(occurrences([shift, { ...shift, eventId: 'bare', start: null }], march)).toMatchObject({
      occurrences: [],
      unreadable: ['shift', 'bare'],
    })
  })

  it.each([
    [{ ...march, from: '2026-03-01' }, 'from'],
    [{ ...march, from: '2026-03-01T00:00:00' }, 'from'],
    [{ ...march, to: 'soon' }, 'to'],
    [{ ...march, to: '2026-02-01T00:00:00Z' }, 'to'],
    [{ ...march, to: '2126-02-01T00:00:00Z' }, 'to'],
    [{ ...march, limit: 0 }, 'limit'],
    [{ ...march, limit: 10_001 }, 'limit'],
  ])('needs a window: %j', (window, field) => {
    expect(() => occurrences([], window)).toThrow(expect.objectContaining({ code: 'invalid_input', field }))
  })
})
