import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callApi, json, NOON, startTenant, SUPPORT } from '../testing/start-tenant.ts'
import { merge } from './list-busy-spans.ts'

const HOUR = 3_600_000
const DANA = 'dana@acme.test'
const FREE_BUSY = 'https://www.googleapis.com/auth/calendar.freebusy'
const EVENTS = 'https://www.googleapis.com/auth/calendar.events'

interface Answer {
  kind: string
  calendars: Record<string, { busy: { start: string; end: string }[]; errors?: { domain: string; reason: string }[] }>
}

async function startFreeBusy(scopes = [FREE_BUSY]) {
  const tenant = startTenant()
  const { sandbox, google } = tenant
  const { access_token } = await tenant.connect(scopes)
  const query = (body: object) => callApi(sandbox, access_token, 'POST', `${sandbox.endpoints.calendar}/freeBusy`, body)
  const at = (hours: number) => new Date(NOON + hours * HOUR).toISOString()
  const ask = async (id: string, from = at(-24), to = at(48)) =>
    (await json<Answer>(await query({ timeMin: from, timeMax: to, items: [{ id }] }))).calendars[id]
  const add = (from: number, to: number, more: Record<string, unknown> = {}, calendarId = 'primary') =>
    google.createEvent(SUPPORT, calendarId, { summary: 'x', start: NOON + from * HOUR, end: NOON + to * HOUR, ...more })
  return { ...tenant, query, at, ask, add }
}

describe('freebusy.query', () => {
  it('joins what overlaps, and leaves out what is free, cancelled or elsewhere', async () => {
    const { google, ask, add } = await startFreeBusy()
    add(1, 3)
    add(2, 4)
    add(6, 7)
    add(8, 9, { transparency: 'transparent' })
    google.cancelEvent(SUPPORT, 'primary', add(10, 11).id)
    add(100, 101)
    expect((await ask('primary'))?.busy).toEqual([
      { start: '2026-06-01T13:00:00Z', end: '2026-06-01T16:00:00Z' },
      { start: '2026-06-01T18:00:00Z', end: '2026-06-01T19:00:00Z' },
    ])
  })

  it('counts each instance of a series where it is now', async () => {
    const { google, ask, add } = await startFreeBusy()
    const start = { dateTime: '2026-06-01T09:00:00', timeZone: 'Europe/Berlin' }
    const end = { dateTime: '2026-06-01T10:00:00', timeZone: 'Europe/Berlin' }
    const { id } = add(0, 0, { start, end, recurrence: ['RRULE:FREQ=DAILY;COUNT=4'] })
    const [, second = '', third = ''] = google.listInstances(SUPPORT, 'primary', id)
    google.moveEvent(SUPPORT, 'primary', second, HOUR)
    google.cancelEvent(SUPPORT, 'primary', third)
    const busy = await ask('primary', '2026-06-01T00:00:00Z', '2026-06-10T00:00:00Z')
    expect(busy?.busy.map((span) => span.start)).toEqual(['2026-06-01T07:00:00Z', '2026-06-02T08:00:00Z', '2026-06-04T07:00:00Z'])
  })

  it('cuts to the range asked for', async () => {
    const { ask, add, at } = await startFreeBusy()
    add(-48, 48)
    expect((await ask('primary', at(0), at(1)))?.busy).toEqual([{ start: '2026-06-01T12:00:00Z', end: '2026-06-01T13:00:00Z' }])
  })

  it('takes whole days in the calendar’s zone', async () => {
    const { google, ask } = await startFreeBusy()
    const { id } = google.createCalendar(SUPPORT, { summary: 'East', timeZone: 'Asia/Tokyo' })
    google.createEvent(SUPPORT, id, { summary: 'off', start: { date: '2026-06-01' }, end: { date: '2026-06-02' } })
    expect((await ask(id))?.busy).toEqual([{ start: '2026-05-31T15:00:00Z', end: '2026-06-01T15:00:00Z' }])
  })

  it('needs no more than to see that the time is taken', async () => {
    const { google, ask } = await startFreeBusy()
    google.createAccount({ address: DANA, seed: false })
    google.createEvent(DANA, 'primary', { summary: 'secret', start: NOON, end: NOON + HOUR })
    expect(await ask(DANA)).toEqual({ errors: [{ domain: 'global', reason: 'notFound' }], busy: [] })
    google.shareCalendar(DANA, 'primary', SUPPORT, 'freeBusyReader')
    expect(await ask(DANA)).toEqual({ busy: [{ start: '2026-06-01T12:00:00Z', end: '2026-06-01T13:00:00Z' }] })
  })

  it('refuses ranges that are missing, empty, unreadable or too long', async () => {
    const { query, at } = await startFreeBusy()
    const reasonOf = async (body: object) =>
      (await json<{ error: { errors: { reason: string }[] } }>(await query(body))).error.errors[0]?.reason
    expect(await reasonOf({ timeMin: at(0) })).toBe('required')
    expect(await reasonOf({ timeMin: at(1), timeMax: at(1) })).toBe('timeRangeEmpty')
    expect(await reasonOf({ timeMin: 'today', timeMax: at(1) })).toBe('badRequest')
    expect(await reasonOf({ timeMin: at(0), timeMax: at(24 * 90 + 1) })).toBe('timeRangeTooLong')
  })

  it('answers for 50 calendars at a time', async () => {
    const { query, at } = await startFreeBusy()
    const items = Array.from({ length: 51 }, (_, count) => ({ id: count === 50 ? 'primary' : `c${count}` }))
    const { calendars } = await json<Answer>(await query({ timeMin: at(0), timeMax: at(1), items }))
    expect(calendars['primary']?.errors?.[0]?.reason).toBe('tooManyCalendarsRequested')
  })

  it('wants a scope that tells of times', async () => {
    const { query, at } = await startFreeBusy([EVENTS])
    expect((await query({ timeMin: at(0), timeMax: at(1), items: [] })).status).toBe(403)
  })
})

it('merged spans cover the same moments, in order and apart', () => {
  const spans = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 9 })).map(([from, length]) => ({ from, to: from + length })))
  const covers = (all: readonly { from: number; to: number }[], time: number) => all.some(({ from, to }) => from <= time && time < to)
  fc.assert(
    fc.property(spans, (some) => {
      const merged = merge(some)
      for (let time = 0; time < 60; time += 1) expect(covers(merged, time)).toBe(covers(some, time))
      for (const [place, { from }] of merged.entries()) expect(from).toBeGreaterThan(merged[place - 1]?.to ?? -1)
    }),
  )
})
