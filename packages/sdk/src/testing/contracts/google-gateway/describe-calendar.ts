import { describe, expect, it } from 'vitest'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

const hour = 3_600_000

export function describeCalendar(bench: Bench): void {
  describe('Calendar', () => {
    const addEvent = (calendarId: string, summary: string) =>
      bench.world.google.createEvent(bench.address, calendarId, {
        summary,
        start: bench.world.clock.now() + hour,
        end: bench.world.clock.now() + 2 * hour,
      })

    it('lists and reads calendars, whatever their id', async () => {
      const { id } = bench.world.google.createCalendar(bench.address, {
        summary: 'Feiertage',
        id: 'de.german#holiday/a b@group.v.calendar.google.com',
        timeZone: 'Asia/Kathmandu',
        color: '#7bd148',
      })
      const [main, holidays, ...more] = await bench.gateway.calendar.listCalendars(bench.user)
      expect(main).toMatchObject({ id: bench.address, accessRole: 'owner', primary: true })
      expect(holidays).toEqual({
        id,
        name: 'Feiertage',
        color: '#7bd148',
        accessRole: 'owner',
        primary: false,
        timeZone: 'Asia/Kathmandu',
      })
      expect(more).toEqual([])
      expect(await bench.gateway.calendar.getCalendar(bench.user, id)).toEqual(holidays)
      expect(await bench.gateway.calendar.getCalendar(bench.user, 'primary')).toEqual(main)
    })

    it('lists every page of calendars', async () => {
      for (let count = 0; count < 300; count += 1) bench.world.google.createCalendar(bench.address, { summary: `Team ${count}` })
      const calendars = await bench.gateway.calendar.listCalendars(bench.user)
      expect(new Set(calendars.map(({ id }) => id)).size).toBe(301)
      expect(bench.sent('calendar.calendarList.list')).toHaveLength(2)
    })

    it.each(['freeBusyReader', 'reader', 'writer', 'owner'] as const)('tells that the account is %s of a calendar', async (role) => {
      const { address: owner } = bench
      const guest = await bench.createAccount()
      bench.world.google.shareCalendar(owner, 'primary', bench.address, role)
      expect(await bench.gateway.calendar.getCalendar(guest, owner)).toMatchObject({ accessRole: role, primary: false })
      expect(await bench.gateway.calendar.listEvents(guest, { calendarId: owner, syncToken: null })).toMatchObject({ accessRole: role })
    })

    it.each([
      ['a role of tomorrow', 'accessRole', 'curator', 'none'],
      ['a colour that is none', 'backgroundColor', 'url(//x)', null],
    ])('reads %s as nothing', async (_, field, value, expected) => {
      const body = JSON.stringify({ id: 'c', [field]: value })
      bench.world.faults.add({ operation: 'calendar.calendarList.get', kind: 'body', contentType: 'application/json', body, times: 1 })
      const entry = await bench.gateway.calendar.getCalendar(bench.user, 'c')
      expect(entry[field === 'accessRole' ? 'accessRole' : 'color']).toBe(expected)
    })

    it('tells when a calendar is taken, and nothing of what is free', async () => {
      const now = bench.world.clock.now()
      const at = (hours: number) => now + hours * hour
      const iso = (hours: number) => new Date(at(hours)).toISOString()
      const { address: owner } = bench
      for (const [from, to] of [
        [1, 3],
        [2, 4],
      ] as const)
        bench.world.google.createEvent(owner, owner, { summary: 'secret', start: at(from), end: at(to) })
      bench.world.google.createEvent(owner, owner, { summary: 'free', start: at(6), end: at(7), transparency: 'transparent' })
      const guest = await bench.createAccount()
      bench.world.google.shareCalendar(owner, 'primary', bench.address, 'freeBusyReader')
      const spans = await bench.gateway.calendar.listBusy(guest, { calendarId: owner, from: iso(0), to: iso(24) })
      expect(spans.map(({ start, end }) => [Date.parse(start), Date.parse(end)].map((time) => Math.round((time - now) / hour)))).toEqual([
        [1, 4],
      ])
    })

    it('carries that a time is too long to look at', async () => {
      const long = { calendarId: 'primary', from: '2026-01-01T00:00:00Z', to: '2026-12-31T00:00:00Z' }
      expect(await refusal(bench.gateway.calendar.listBusy(bench.user, long))).toMatchObject({
        httpStatus: 400,
        reason: 'timeRangeTooLong',
      })
    })

    it('tells which trouble one calendar has', async () => {
      const body = JSON.stringify({ calendars: { c: { errors: [{ domain: 'global', reason: 'internalError' }], busy: [] } } })
      const range = { calendarId: 'c', from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }
      bench.world.faults.add({ operation: 'calendar.freebusy.query', kind: 'body', contentType: 'application/json', body, times: 1 })
      expect(await refusal(bench.gateway.calendar.listBusy(bench.user, range))).toMatchObject({ httpStatus: 503, reason: 'internalError' })
    })

    it('refuses to call a calendar free that Google does not show', async () => {
      const { address: foreign } = bench
      const guest = await bench.createAccount()
      const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }
      for (const calendarId of [foreign, 'toString'])
        expect(await refusal(bench.gateway.calendar.listBusy(guest, { calendarId, ...range }))).toMatchObject({
          operation: 'calendar.freebusy.query',
          httpStatus: 404,
          reason: 'notFound',
        })
      bench.world.faults.add({
        operation: 'calendar.freebusy.query',
        kind: 'body',
        contentType: 'application/json',
        body: '{"calendars":{}}',
        times: 1,
      })
      expect(await refusal(bench.gateway.calendar.listBusy(guest, { calendarId: 'toString', ...range }))).toMatchObject({
        reason: 'unexpected_answer',
      })
      expect(await refusal(bench.gateway.calendar.listBusy(guest, { calendarId: 'primary', ...range, to: range.from }))).toMatchObject({
        httpStatus: 400,
      })
    })

    it('carries that a calendar or an event is not there', async () => {
      const missing = 'gone@group.calendar.google.com'
      for (const ask of [
        () => bench.gateway.calendar.getCalendar(bench.user, missing),
        () => bench.gateway.calendar.listEvents(bench.user, { calendarId: missing, syncToken: null }),
        () => bench.gateway.calendar.getEvent(bench.user, { calendarId: 'primary', eventId: 'none' }),
      ])
        expect(await refusal(ask())).toMatchObject({ httpStatus: 404, reason: 'notFound' })
    })

    it('keeps hostile ids in their place of the path', async () => {
      const { id } = addEvent(bench.address, 'mine')
      for (const eventId of [`../${bench.address}`, `${id}/../x`, `${id}?alt=media`, `${id}#`, '%2e%2e', 'ä/\u0000']) {
        const input = { calendarId: bench.address, eventId }
        expect(await refusal(bench.gateway.calendar.getEvent(bench.user, input))).toMatchObject({ httpStatus: 404 })
        expect(await bench.gateway.calendar.deleteEvent(bench.user, { ...input, etag: null, sendUpdates: 'none' })).toBe(false)
      }
      for (const eventId of ['', '.', '..'])
        await expect(bench.gateway.calendar.getEvent(bench.user, { calendarId: bench.address, eventId })).rejects.toThrow(TypeError)
      expect(await bench.gateway.calendar.getEvent(bench.user, { calendarId: bench.address, eventId: id })).toMatchObject({ id })
    })
  })
}
