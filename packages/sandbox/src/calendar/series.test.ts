import { describe, expect, it } from 'vitest'
import { refusalOf, startCalendar } from '../testing/start-calendar.ts'
import type { Listing } from '../testing/start-calendar.ts'
import { NOON, SUPPORT } from '../testing/start-tenant.ts'

const HOUR = 3_600_000
const starts = ({ items }: Listing) => items.map(({ start }) => start?.dateTime ?? start?.date)

describe('a series', () => {
  it('keeps its wall time when the clocks change', async () => {
    const { repeat, instances } = await startCalendar()
    const { id } = await repeat('FREQ=WEEKLY', '2026-10-12T09:00:00')
    const autumn = await instances(id, { timeMax: '2026-11-08T00:00:00Z' })
    expect(starts(autumn)).toEqual([
      '2026-10-12T09:00:00+02:00',
      '2026-10-19T09:00:00+02:00',
      '2026-10-26T09:00:00+01:00',
      '2026-11-02T09:00:00+01:00',
    ])
    expect(autumn.items[2]).toMatchObject({
      id: `${id}_20261026T080000Z`,
      recurringEventId: id,
      originalStartTime: { dateTime: '2026-10-26T09:00:00+01:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2026-10-26T10:00:00+01:00', timeZone: 'Europe/Berlin' },
    })
    const spring = await instances(id, { timeMin: '2027-03-20T00:00:00Z', timeMax: '2027-04-01T00:00:00Z' })
    expect(starts(spring)).toEqual(['2027-03-22T09:00:00+01:00', '2027-03-29T09:00:00+02:00'])
  })

  it('moves an hour that is skipped, and takes the first of an hour that comes twice', async () => {
    const { repeat, instances } = await startCalendar()
    const skipped = await repeat('FREQ=DAILY;COUNT=3', '2027-03-27T02:30:00')
    expect(starts(await instances(skipped.id))).toEqual([
      '2027-03-27T02:30:00+01:00',
      '2027-03-28T03:30:00+02:00',
      '2027-03-29T02:30:00+02:00',
    ])
    const twice = await repeat('FREQ=DAILY;COUNT=2', '2026-10-24T02:30:00')
    expect(starts(await instances(twice.id))).toEqual(['2026-10-24T02:30:00+02:00', '2026-10-25T02:30:00+02:00'])
  })

  it('is expanded in its own zone, whatever the zone of the calendar', async () => {
    const { repeat, instances } = await startCalendar()
    const { id } = await repeat('FREQ=DAILY;COUNT=2', '2026-10-31T20:00:00', 'America/New_York')
    // 8 p.m. is the next day in Berlin, an hour later after New York has set back its clocks.
    expect(starts(await instances(id))).toEqual(['2026-11-01T01:00:00+01:00', '2026-11-02T02:00:00+01:00'])
  })

  it('of whole days has dates', async () => {
    const { written, instances } = await startCalendar()
    const days = { start: { date: '2026-10-24' }, end: { date: '2026-10-26' } }
    const { id } = await written('POST', '', { ...days, recurrence: ['RRULE:FREQ=MONTHLY;BYMONTHDAY=24,-1;COUNT=3', 'EXDATE:20261031'] })
    const { items } = await instances(id)
    expect(items.map((item) => [item.id, item.start, item.end])).toEqual([
      [`${id}_20261024`, { date: '2026-10-24' }, { date: '2026-10-26' }],
      [`${id}_20261124`, { date: '2026-11-24' }, { date: '2026-11-26' }],
    ])
    expect(items[0]?.originalStartTime).toEqual({ date: '2026-10-24' })
  })

  it('adds and leaves out dates, in any way they are written', async () => {
    const { repeat, instances } = await startCalendar()
    const { id } = await repeat([
      'RRULE:FREQ=DAILY;UNTIL=20260606T215959Z',
      'EXDATE;TZID=Europe/Berlin:20260602T090000,20260603T090000',
      'EXDATE;TZID=America/New_York:20260604T030000',
      'EXDATE:20260605T070000Z',
      'RDATE;VALUE=DATE:20260610',
      'RDATE;TZID=Europe/Berlin:20260609T150000',
      'EXRULE:FREQ=WEEKLY;BYDAY=WE',
    ])
    expect(starts(await instances(id))).toEqual(['2026-06-01T09:00:00+02:00', '2026-06-06T09:00:00+02:00', '2026-06-09T15:00:00+02:00'])
    const dates = await repeat(['RDATE;TZID=Europe/Berlin:20260609T150000'])
    expect(starts(await instances(dates.id))).toEqual(['2026-06-01T09:00:00+02:00', '2026-06-09T15:00:00+02:00'])
  })

  it('until a date goes on through that date', async () => {
    const { repeat, instances } = await startCalendar()
    const { id } = await repeat('FREQ=DAILY;UNTIL=20260603')
    expect(starts(await instances(id))).toHaveLength(3)
  })

  it.each([
    'RRULE:FREQ=SOMETIMES',
    'RRULE:FREQ=HOURLY',
    'RRULE:INTERVAL=2',
    'RRULE:FREQ=DAILY;INTERVAL=0',
    'RRULE:FREQ=DAILY;COUNT=3;UNTIL=20260603',
    'RRULE:FREQ=DAILY;COUNT=1;COUNT=2',
    'RRULE:FREQ=DAILY;UNTIL=20260231',
    'RRULE:FREQ=WEEKLY;BYDAY=XX',
    'RRULE:FREQ=WEEKLY;BYDAY=2MO',
    'RRULE:FREQ=WEEKLY;BYMONTHDAY=3',
    'RRULE:FREQ=MONTHLY;BYMONTHDAY=32',
    'RRULE:FREQ=MONTHLY;BYWEEKNO=3',
    'RRULE:FREQ=DAILY;toString=1',
    'RRULE:',
    'RDATE;TZID=Mars/Olympus:20260609T150000',
    'RDATE;VALUE=PERIOD:20260609T150000Z/PT1H',
    'RDATE:tomorrow',
    'EXDATE:20260609',
    'DTSTART:20260609T150000Z',
    'every day',
  ])('refuses %s', async (line) => {
    const { repeat, events } = await startCalendar()
    const series = { start: { date: '2026-06-01' }, end: { date: '2026-06-02' }, recurrence: [line] }
    const refused = await events('POST', '', series)
    expect(await refusalOf(refused)).toEqual({ status: 400, reason: 'invalid', message: 'Invalid recurrence rule.' })
    expect(await repeat([line])).toMatchObject({ error: { code: 400 } })
  })

  it('needs a time zone', async () => {
    const { events } = await startCalendar()
    const times = { start: { dateTime: '2026-06-02T10:00:00Z' }, end: { dateTime: '2026-06-02T11:00:00Z' } }
    const refused = await refusalOf(await events('POST', '', { ...times, recurrence: ['RRULE:FREQ=DAILY'] }))
    expect(refused).toEqual({ status: 400, reason: 'required', message: 'Missing time zone definition for start time.' })
  })

  it.each(['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=MONTHLY;INTERVAL=12;BYMONTH=3', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31'])(
    'whose rule never comes true ends with its start (%s)',
    async (rule) => {
      const { repeat, instances } = await startCalendar()
      const { id } = await repeat(rule)
      expect((await instances(id)).items).toHaveLength(1)
    },
  )

  it('without end is listed one by one for two years', async () => {
    const { repeat, listed, add } = await startCalendar()
    await repeat('FREQ=MONTHLY')
    add('in three years', 3 * 366 * 24)
    const { items } = await listed({ singleEvents: 'true' })
    expect(items.map(({ summary }) => summary).filter((summary) => summary === 'Series')).toHaveLength(25)
    expect(items.at(-1)?.summary).toBe('in three years')
    expect((await listed({ singleEvents: 'true', timeMax: '2030-06-01T00:00:00Z' })).items).toHaveLength(48 + 1)
  })

  it('is in a window when one of its instances is', async () => {
    const { repeat, listed } = await startCalendar()
    await repeat('FREQ=WEEKLY;COUNT=3')
    const within = async (timeMin: string, timeMax: string) => (await listed({ timeMin, timeMax })).items.length
    expect(await within('2026-06-08T07:59:00Z', '2026-06-08T12:00:00Z')).toBe(1)
    expect(await within('2026-06-08T08:00:00Z', '2026-06-15T07:00:00Z')).toBe(0)
    expect(await within('2026-06-15T08:00:00Z', '2027-01-01T00:00:00Z')).toBe(0)
  })

  it('shows in a seeded calendar', async () => {
    const { google, sandbox } = await startCalendar()
    google.createAccount({ address: 'dana@acme.test', name: 'Dana' })
    const series = google.listEvents('dana@acme.test', 'primary').find(({ recurrence }) => recurrence)
    expect(series?.summary).toBe('On-call: Dana')
    const from = sandbox.clock.now() + 14 * 24 * HOUR
    expect(google.listInstances('dana@acme.test', 'primary', series?.id ?? '', { from, limit: 3 })).toHaveLength(3)
  })

  it('is made, changed and moved by people too', async () => {
    const { google, instances } = await startCalendar()
    const draft = {
      summary: 'Rota',
      start: NOON,
      end: NOON + HOUR,
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'],
      transparency: 'transparent' as const,
    }
    const { id } = google.createEvent(SUPPORT, 'primary', draft)
    expect(starts(await instances(id))).toEqual(['2026-06-01T14:00:00+02:00', '2026-06-08T14:00:00+02:00'])
    google.moveEvent(SUPPORT, 'primary', id, 24 * HOUR)
    expect(starts(await instances(id))).toEqual(['2026-06-02T14:00:00+02:00', '2026-06-09T14:00:00+02:00'])
    google.updateEvent(SUPPORT, 'primary', id, { start: { date: '2026-06-03' }, end: { date: '2026-06-04' } })
    expect(starts(await instances(id))).toEqual(['2026-06-03', '2026-06-10'])
    google.updateEvent(SUPPORT, 'primary', id, { start: NOON, end: NOON + HOUR })
    expect(starts(await instances(id))).toEqual(['2026-06-01T14:00:00+02:00', '2026-06-08T14:00:00+02:00'])
  })
})
