import * as fc from 'fast-check'
import { DateTime } from 'luxon'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { instantOf, isTimeZone, startOfDay } from './time-zone.ts'

const oddZones = [
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Antarctica/Troll',
  'Europe/Dublin',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Beirut',
  'UTC',
]
const zone = fc.oneof(fc.constantFrom(...oddZones), fc.constantFrom(...Intl.supportedValuesOf('timeZone')))
const second = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) / 1000 })
const day = fc.integer({ min: 0, max: 47_481 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))

/** Local times within two hours of a change of the zone's clock, where the mistakes are. */
const nearChange = fc.tuple(zone, second, fc.integer({ min: -7200, max: 7200 })).map(([timeZone, from, plus]) => {
  const at = Temporal.Instant.fromEpochMilliseconds(from * 1000).toZonedDateTimeISO(timeZone)
  const near = at.getTimeZoneTransition('next') ?? at
  return { timeZone, value: near.toPlainDateTime().add({ seconds: plus }).toString({ smallestUnit: 'second' }) }
})

const instant = (value: string, timeZone: string | null = null, calendarTimeZone = 'Europe/Berlin') => {
  const at = instantOf({ value, allDay: !/t/i.test(value), timeZone }, calendarTimeZone)
  return at === null ? null : new Date(at).toISOString()
}

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'europe/berlin', 'UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires', 'US/Pacific'])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true)
  })

  it.each(['', 'Berlin', '+01:00', 'UTC+1', 'Europe/B\u0435rlin', 'Europe/Berlin ', 'Europe/../UTC', '__proto__', 'Mars/Base'])(
    '%j is none',
    (name) => {
      expect(isTimeZone(name)).toBe(false)
    },
  )

  it('has no name of 10 000 letters', () => {
    expect(isTimeZone('a/'.repeat(5000))).toBe(false)
  })

  it('never makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => typeof isTimeZone(name) === 'boolean'))
  })
})

describe('the instant', () => {
  it.each([
    ['2026-03-02T09:00:00+01:00', '2026-03-02T08:00:00.000Z'],
    ['2026-03-02t09:00:00.1239z', '2026-03-02T09:00:00.123Z'],
    ['2026-03-02T09:00:00-00:00', '2026-03-02T09:00:00.000Z'],
    ['2024-02-29T23:59:59', '2024-02-29T22:59:59.000Z'],
    // Skipped: 02:30 is 03:30. Twice: the first.
    ['2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['0001-01-02', '0001-01-01T23:06:32.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('of %s in Berlin is %s', (value, expected) => {
    expect(instant(value)).toBe(expected)
  })

  it('of a local time is that of its own zone, before that of the calendar', () => {
    expect(instant('2026-03-02T09:00:00', 'Asia/Kathmandu')).toBe('2026-03-02T03:15:00.000Z')
  })

  it('of a day is that of the calendar’s zone', () => {
    expect(instant('2026-03-02', 'Asia/Kathmandu')).toBe('2026-03-01T23:00:00.000Z')
  })

  it.each([
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'],
    ['America/Toronto', '1919-03-31', '1919-03-31T04:30:00.000Z'],
  ])('of a day whose midnight %s skips is its first moment', (timeZone, value, expected) => {
    expect(instant(value, null, timeZone)).toBe(expected)
  })

  it.each([
    '',
    '2026-02-30',
    '2025-02-29T09:00:00',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-01-01',
    '10000-01-01',
    '2026-1-1',
    '2026-03-02T24:00:00Z',
    '2026-03-02T09:60:00Z',
    '2016-12-31T23:59:60Z',
    '2026-03-02T09:00Z',
    '2026-03-02 09:00:00Z',
    '2026-03-02T09:00:00+24:00',
    '2026-03-02T09:00:00+0100',
    '2026-03-02T09:00:00.Z',
    '2026-03-02T09:00:00Z\n',
    '9999-12-31T23:59:59-01:00',
    '0001-01-01T00:00:00+01:00',
    '２０２６-03-02',
  ])('of %j there is none', (value) => {
    expect(instant(value)).toBeNull()
  })

  it('needs a zone that exists, unless the time has an offset', () => {
    expect(instant('2026-03-02T09:00:00', 'Mars/Base')).toBeNull()
    expect(instant('2026-03-02', null, 'Mars/Base')).toBeNull()
    expect(instant('2026-03-02T09:00:00Z', 'Mars/Base')).toBe('2026-03-02T09:00:00.000Z')
  })

  it('needs the kind that it is said to be', () => {
    expect(instantOf({ value: '2026-03-02', allDay: false, timeZone: null }, 'UTC')).toBeNull()
    expect(instantOf({ value: '2026-03-02T00:00:00Z', allDay: true, timeZone: null }, 'UTC')).toBeNull()
  })

  it('comes back from every instant with its offset, in every zone', () => {
    fc.assert(
      fc.property(zone, second, (timeZone, at) => {
        const shown = DateTime.fromSeconds(at, { zone: timeZone })
        // Offsets with seconds, as Monrovia had until 1972, cannot be written.
        if (!Number.isInteger(shown.offset)) return
        expect(instantOf({ value: shown.toISO({ suppressMilliseconds: true }) ?? '', allDay: false, timeZone }, 'UTC')).toBe(at * 1000)
      }),
      { numRuns: 300 },
    )
  })

  // Luxon keeps 02:30 of a gap too, but guesses from the offset of now at what comes twice: for that, Temporal is the judge.
  it('of a local time is what Temporal has, around every change of the clocks', () => {
    fc.assert(
      fc.property(nearChange, ({ timeZone, value }) => {
        const expected = Temporal.PlainDateTime.from(value).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds
        expect(instantOf({ value, allDay: false, timeZone }, 'UTC')).toBe(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('of a day is what Temporal has for its start', () => {
    fc.assert(
      fc.property(
        zone,
        fc.oneof(
          day,
          nearChange.map(({ value }) => value.slice(0, 10)),
        ),
        (timeZone, value) => {
          const expected = Temporal.PlainDate.from(value).toZonedDateTime(timeZone).epochMilliseconds
          expect(instantOf({ value, allDay: true, timeZone: null }, timeZone)).toBe(expected)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('never makes it throw', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0129:+-TZ. '), maxLength: 30 })
    fc.assert(fc.property(text, fc.boolean(), (value, allDay) => instantOf({ value, allDay, timeZone: null }, 'UTC') !== undefined))
  })
})

describe('the start of a day', () => {
  it('is found some days on, over a change of the clocks', () => {
    expect(new Date(startOfDay(Date.UTC(2026, 2, 28, 22), 'Europe/Berlin', 0)).toISOString()).toBe('2026-03-27T23:00:00.000Z')
    expect(new Date(startOfDay(Date.UTC(2026, 2, 28, 22), 'Europe/Berlin', 2)).toISOString()).toBe('2026-03-29T22:00:00.000Z')
  })

  it('is that of UTC in a zone that nobody knows', () => {
    expect(startOfDay(Date.UTC(2026, 2, 28, 22), 'Mars/Base', -1)).toBe(Date.UTC(2026, 2, 27))
  })

  it('is what Temporal has, in every zone', () => {
    fc.assert(
      fc.property(zone, second, fc.integer({ min: -400, max: 400 }), (timeZone, at, days) => {
        const today = Temporal.Instant.fromEpochMilliseconds(at * 1000)
          .toZonedDateTimeISO(timeZone)
          .toPlainDate()
        expect(startOfDay(at * 1000, timeZone, days)).toBe(today.add({ days }).toZonedDateTime(timeZone).epochMilliseconds)
      }),
      { numRuns: 300 },
    )
  })
})
