import * as fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import type { EventResource } from '../state/account-state.ts'
import { expandSeries } from './expand-series.ts'

function series(start: string, timeZone: string, ...recurrence: string[]): EventResource {
  const from = DateTime.fromISO(start, { zone: timeZone })
  const time = (at: DateTime) => ({ dateTime: at.toISO() ?? '', timeZone })
  return { id: 's', status: 'confirmed', etag: '', start: time(from), end: time(from.plus({ hours: 1 })), recurrence }
}

function firstOf(event: EventResource, count: number): number[] {
  const starts: number[] = []
  for (const { start } of expandSeries(event, 'Europe/Berlin')) {
    starts.push(start)
    if (starts.length === count) break
  }
  return starts
}

describe('expanding a series', () => {
  it('steps through a zone as luxon does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe'),
        fc.constantFrom('days' as const, 'weeks' as const),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 20 * 366 }),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        fc.integer({ min: 1, max: 60 }),
        (zone, unit, interval, day, minute, count) => {
          const begin = DateTime.fromObject({ year: 2009 }, { zone: 'utc' }).plus({ days: day, minutes: minute })
          // Stepped on the wall: luxon's own steps through a zone miss the hour after Apia's change of date.
          const there = (step: number) => begin.plus({ [unit]: step * interval }).setZone(zone, { keepLocalTime: true })
          const first = there(0)
          // A start that is skipped, or one of two, is not what the series is about.
          fc.pre(first.hour === begin.hour && first.getPossibleOffsets().length === 1)
          const rule = `RRULE:FREQ=${unit === 'days' ? 'DAILY' : 'WEEKLY'};INTERVAL=${interval};COUNT=${count}`
          const starts = firstOf(series(first.toISO() ?? '', zone, rule), count)
          const expected = Array.from({ length: count }, (_, step) => there(step))
          // The day that Apia skipped falls onto the next one, and a time is in a series once.
          const times = expected.map((at) => Math.min(...at.getPossibleOffsets().map((either) => either.toMillis())))
          expect(starts).toEqual([...new Set(times)])
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([
    // The examples of RFC 5545, 3.8.5.3, from 2 September 1997 if nothing else is said.
    ['FREQ=DAILY;UNTIL=19971224T000000Z;INTERVAL=30', '09-02 10-02 11-01 12-01'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=4', '09-02 09-16 09-30 10-14'],
    ['FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH;INTERVAL=2', '09-02 09-04 09-16 09-18 09-30 10-02'],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=1FR', '09-05 10-03 11-07'],
    ['FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU', '09-07 09-28 11-02 11-30 01-04 01-25'],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', '09-22 10-20 11-17'],
    ['FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3', '09-28 10-29 11-28'],
    ['FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1', '09-30 10-01 10-31 11-01'],
    ['FREQ=YEARLY;COUNT=3;BYMONTH=6,7', '06-02 07-02 06-02'],
    ['FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200', '01-01 04-09 07-18 01-01'],
    ['FREQ=YEARLY;BYDAY=20MO;COUNT=3', '05-18 05-17 05-15'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3', '05-11 05-17 05-15'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=5', '03-05 03-12 03-19 03-26 03-04'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4', '02-13 03-13 11-13 08-13'],
    ['FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=3', '09-13 10-11 11-08'],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=2', '11-04 11-06'],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '09-04 10-07 11-06'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4', '09-29 10-30 11-27 12-30'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2', '02-29 02-29'],
    ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3', '10-31 12-31 01-31'],
    ['FREQ=DAILY;BYMONTH=1;COUNT=2', '01-01 01-02'],
    ['FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=-1;COUNT=2', '09-03 09-10'],
  ])('knows %s', (rule, expected) => {
    const starts = firstOf(series('1997-09-02T09:00:00', 'America/New_York', `RRULE:${rule}`), 13)
    const days = starts.map((at) => DateTime.fromMillis(at, { zone: 'America/New_York' }).toFormat('MM-dd'))
    // A series begins with its start, which a rule need not include.
    expect((expected.startsWith('09-02') ? days : days.slice(1)).join(' ')).toBe(expected)
    expect(days[0]).toBe('09-02')
  })

  it('has no start when all its rules ended before', () => {
    expect(firstOf(series('1997-09-02T09:00:00', 'America/New_York', 'RRULE:FREQ=WEEKLY;UNTIL=19970801T000000Z'), 3)).toEqual([])
  })

  it('takes the weeks as they begin', () => {
    const dates = (weekStart: string) => {
      const rule = `RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=${weekStart}`
      return firstOf(series('1997-08-05T09:00:00', 'America/New_York', rule), 4).map((at) => new Date(at).getUTCDate())
    }
    expect(dates('MO')).toEqual([5, 10, 19, 24])
    expect(dates('SU')).toEqual([5, 17, 19, 31])
  })

  it('leaves out the years without a 29 February', () => {
    const years = firstOf(series('2024-02-29T09:00:00', 'Europe/Berlin', 'RRULE:FREQ=YEARLY'), 3).map((at) => new Date(at).getUTCFullYear())
    expect(years).toEqual([2024, 2028, 2032])
  })

  it('repeats within a day', () => {
    const event = series('2026-06-01T09:00:00', 'Europe/Berlin', 'RRULE:FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;COUNT=5')
    expect(firstOf(event, 9).map((at) => new Date(at).toISOString().slice(8, 16))).toEqual([
      '01T07:00',
      '01T07:30',
      '01T15:00',
      '01T15:30',
      '02T07:00',
    ])
  })
})
