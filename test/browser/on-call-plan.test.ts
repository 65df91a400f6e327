import type { CalendarEvent, CalendarMoment } from '@tenantry/sdk'
import { newCalendarEvent } from '@tenantry/sdk/testing'
import { describe, expect, it } from 'vitest'
import type { CalendarEventRow } from '../../examples/helpdesk/src/server/database/tables.ts'
import { dateOf } from '../../examples/helpdesk/src/server/on-call/date-of.ts'
import { planShifts } from '../../examples/helpdesk/src/server/on-call/plan-shifts.ts'
import { readWeek } from '../../examples/helpdesk/src/server/on-call/week.ts'

const calendar = { connectionId: 'c1', name: 'Rota', who: 'Toni', writable: true }
const now = Date.parse('2026-03-04T12:00:00Z')
const week = readWeek('2026-03-04', 'UTC', now)

describe('the on-call plan of the helpdesk', () => {
  it('shows a date that was cancelled in the last day where its series had it', () => {
    const series = row({
      eventId: 's',
      recurrence: ['RRULE:FREQ=DAILY'],
      start: at('2026-03-02T09:00:00Z'),
      end: at('2026-03-02T10:00:00Z'),
    })
    const cancelled = instance('s', '2026-03-05T09:00:00Z', { status: 'cancelled', start: null, end: null, title: null })
    expect(tell([series, news(cancelled)]).filter((line) => line.includes('2026-03-05'))).toEqual([
      '2026-03-05T09:00:00.000Z Shift cancelled',
    ])
    expect(tell([series, cancelled]).filter((line) => line.includes('2026-03-05'))).toEqual([])
  })

  it('says of a moved series how far each of its dates was moved', () => {
    const series = row({
      eventId: 's',
      recurrence: ['RRULE:FREQ=DAILY'],
      start: at('2026-02-02T10:00:00Z'),
      end: at('2026-02-02T11:00:00Z'),
    })
    const moved = news({ ...series, moved_from: at('2026-02-02T08:30:00Z') })
    expect(tell([moved])).toContain('2026-03-04T10:00:00.000Z Shift moved 2026-03-04T08:30:00.000Z')
  })

  it('says of whole days that were moved which day it was', () => {
    const holiday = row({ start: day('2026-03-05'), end: day('2026-03-06') })
    expect(tell([news({ ...holiday, moved_from: day('2026-03-03') })])).toEqual(['2026-03-05 Shift moved 2026-03-03'])
  })

  it('shows what went with its series for a day, and then no more', () => {
    const series = row({
      eventId: 's',
      recurrence: ['RRULE:FREQ=WEEKLY'],
      start: at('2026-03-03T09:00:00Z'),
      end: at('2026-03-03T10:00:00Z'),
    })
    const changed = instance('s', '2026-03-03T09:00:00Z', { start: at('2026-03-03T12:00:00Z'), end: at('2026-03-03T13:00:00Z') })
    expect(tell([news({ ...series, gone: true }), news({ ...changed, gone: true })])).toEqual(['2026-03-03T12:00:00.000Z Shift cancelled'])
    expect(tell([old({ ...series, gone: true }), old({ ...changed, gone: true })])).toEqual([])
  })

  it('gives back to its series an instance that went alone', () => {
    const series = row({
      eventId: 's',
      recurrence: ['RRULE:FREQ=WEEKLY'],
      start: at('2026-03-03T09:00:00Z'),
      end: at('2026-03-03T10:00:00Z'),
    })
    const changed = instance('s', '2026-03-03T09:00:00Z', { start: at('2026-03-03T12:00:00Z'), end: at('2026-03-03T13:00:00Z') })
    expect(tell([series, news({ ...changed, gone: true })])).toEqual(['2026-03-03T09:00:00.000Z Shift'])
  })

  it('takes any day for its week, and the reader’s clock for the present one', () => {
    expect(readWeek('2026-03-08', 'UTC', now).monday).toBe('2026-03-02')
    const sundayNight = Date.parse('2026-03-08T23:30:00Z')
    expect(readWeek(undefined, 'UTC', sundayNight).monday).toBe('2026-03-02')
    expect(readWeek(undefined, 'Europe/Berlin', sundayNight).monday).toBe('2026-03-09')
    for (const date of ['2026-02-30', '0000-01-01', '9999-12-31', 'today', ''])
      expect(() => readWeek(date, 'UTC', now)).toThrow('invalid_week')
    expect(() => readWeek(undefined, 'Nowhere/Else', now)).toThrow('invalid_time_zone')
  })
})

function tell(rows: readonly CalendarEventRow[]): string[] {
  return planShifts(calendar, rows, week, now).map(({ start, title, change }) =>
    [dateOf(start), title, change?.kind, change?.from?.value].filter(Boolean).join(' '),
  )
}

function row(event: Partial<CalendarEvent>): CalendarEventRow {
  const whole = newCalendarEvent({ calendarId: 'rota', eventId: 'e', etag: '"1"', title: 'Shift', ...event })
  return {
    tenant_id: 'acme',
    connection_id: 'c1',
    calendar_id: whole.calendarId,
    event_id: whole.eventId,
    series_id: whole.recurringEventId,
    event: whole,
    starts_at: null,
    ends_at: null,
    gone: false,
    own: false,
    is_new: false,
    moved_from: null,
    changed_at: null,
  }
}

function instance(seriesId: string, originalStart: string, event: Partial<CalendarEvent>): CalendarEventRow {
  return row({ eventId: `${seriesId}_1`, recurringEventId: seriesId, originalStart: at(originalStart), ...event })
}

const news = (one: CalendarEventRow): CalendarEventRow => ({ ...one, changed_at: new Date(now - 3_600_000) })
const old = (one: CalendarEventRow): CalendarEventRow => ({ ...one, changed_at: new Date(now - 25 * 3_600_000) })
const at = (value: string): CalendarMoment => ({ value, allDay: false, timeZone: 'UTC', instant: new Date(value).toISOString() })
const day = (value: string): CalendarMoment => ({ value, allDay: true, timeZone: null, instant: `${value}T00:00:00.000Z` })
