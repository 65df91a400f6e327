import { describe, expect, it } from 'vitest'
import type { GoogleCalendarEvent } from '../../../ports/index.ts'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

const hour = 3_600_000

export function describeCalendarEvents(bench: Bench): void {
  describe('Calendar events', () => {
    const at = (hours: number) => bench.world.clock.now() + hours * hour
    const iso = (hours: number) => new Date(at(hours)).toISOString()
    const addEvent = (summary: string, from = 1) =>
      bench.world.google.createEvent(bench.address, bench.address, { summary, start: at(from), end: at(from + 1) })
    const times = () => ({ start: { dateTime: iso(1) }, end: { dateTime: iso(2) } })
    const own = (eventId: string) => ({ calendarId: bench.address, eventId })
    const etagOf = (event: GoogleCalendarEvent) => String(event['etag'])
    const insert = (event: GoogleCalendarEvent) =>
      bench.gateway.calendar.insertEvent(bench.user, { calendarId: bench.address, event, sendUpdates: 'none' })

    it('lists events in pages, then only what changed', async () => {
      const events = ['a', 'b', 'c'].map((summary) => addEvent(summary))
      const input = { calendarId: bench.address, maxResults: 2, syncToken: null }
      const first = await bench.gateway.calendar.listEvents(bench.user, input)
      expect([first.events.length, first.nextSyncToken]).toEqual([2, null])
      const second = await bench.gateway.calendar.listEvents(bench.user, { ...input, pageToken: first.nextPageToken ?? '' })
      expect([...first.events, ...second.events].map((event) => event['id']).toSorted()).toEqual(events.map(({ id }) => id).toSorted())
      expect(second).toMatchObject({ nextPageToken: null, accessRole: 'owner', timeZone: 'Europe/Berlin' })
      bench.world.google.cancelEvent(bench.address, bench.address, events[1]?.id ?? '')
      const changes = await bench.gateway.calendar.listEvents(bench.user, { ...input, syncToken: second.nextSyncToken ?? '' })
      expect(changes.events.map((event) => [event['id'], event['status']])).toEqual([[events[1]?.id, 'cancelled']])
      expect(changes.nextSyncToken).not.toBe(second.nextSyncToken)
    })

    it('asks with the same parameters in every listing of a sync', async () => {
      for (const summary of ['a', 'b']) addEvent(summary)
      const input = { calendarId: bench.address, maxResults: 1 }
      const { nextPageToken } = await bench.gateway.calendar.listEvents(bench.user, { ...input, syncToken: null })
      const pageToken = nextPageToken ?? ''
      const { nextSyncToken } = await bench.gateway.calendar.listEvents(bench.user, { ...input, syncToken: null, pageToken })
      await bench.gateway.calendar.listEvents(bench.user, { ...input, syncToken: nextSyncToken })
      const asked = bench.sent('calendar.events.list').map(({ url }) => Object.fromEntries(new URL(url).searchParams))
      const fixed = { singleEvents: 'false', showDeleted: 'true', maxResults: '1' }
      expect(asked).toEqual([fixed, { ...fixed, pageToken }, { ...fixed, syncToken: nextSyncToken }])
    })

    it('lists what takes place between two times, by start', async () => {
      addEvent('late', 5)
      addEvent('early', 2)
      addEvent('out', 30)
      const gone = addEvent('gone', 3)
      bench.world.google.cancelEvent(bench.address, bench.address, gone.id)
      const between = { from: iso(0), to: iso(24) }
      const page = await bench.gateway.calendar.listEvents(bench.user, { calendarId: bench.address, between })
      expect(page.events.map((event) => event['summary'])).toEqual(['early', 'late'])
      expect(page.nextSyncToken).toBeNull()
    })

    it('carries that a sync token has expired', async () => {
      const list = { calendarId: bench.address }
      const { nextSyncToken } = await bench.gateway.calendar.listEvents(bench.user, { ...list, syncToken: null })
      bench.world.google.expireSyncTokens(bench.address)
      expect(await refusal(bench.gateway.calendar.listEvents(bench.user, { ...list, syncToken: nextSyncToken }))).toMatchObject({
        operation: 'calendar.events.list',
        httpStatus: 410,
        reason: 'fullSyncRequired',
      })
    })

    it('writes, reads and changes an event', async () => {
      const made = await insert({ summary: 'Visit', location: 'Floor 3', ...times() })
      const one = own(String(made['id']))
      expect(await bench.gateway.calendar.getEvent(bench.user, one)).toEqual(made)
      const change = { ...one, event: { summary: 'Visit again' }, etag: etagOf(made), sendUpdates: 'all' } as const
      const changed = await bench.gateway.calendar.patchEvent(bench.user, change)
      expect(changed).toMatchObject({ summary: 'Visit again', location: 'Floor 3' })
      expect(etagOf(changed)).not.toBe(etagOf(made))
      expect(await bench.gateway.calendar.getEvent(bench.user, one)).toEqual(changed)
    })

    it.each(['all', 'externalOnly', 'none'] as const)('has Google tell %s of the guests', async (sendUpdates) => {
      const { id } = addEvent('x')
      const { calendar } = bench.gateway
      await calendar.insertEvent(bench.user, { calendarId: bench.address, event: times(), sendUpdates })
      await calendar.patchEvent(bench.user, { ...own(id), event: { summary: 'y' }, etag: null, sendUpdates })
      await calendar.deleteEvent(bench.user, { ...own(id), etag: null, sendUpdates })
      for (const operation of ['insert', 'patch', 'delete'])
        expect(new URL(bench.sent(`calendar.events.${operation}`)[0]?.url ?? '').searchParams.get('sendUpdates')).toBe(sendUpdates)
    })

    it('makes one event of a chosen id', async () => {
      const event = { id: 'chosen0123456789abcdefghijklmnopqrstuv', summary: 'Once', ...times() }
      expect(await insert(event)).toMatchObject({ id: event.id })
      expect(await refusal(insert(event))).toMatchObject({ operation: 'calendar.events.insert', httpStatus: 409, reason: 'duplicate' })
      bench.world.google.cancelEvent(bench.address, bench.address, event.id)
      expect(await refusal(insert(event))).toMatchObject({ httpStatus: 409 })
    })

    it('overwrites nothing that changed meanwhile, unless told to', async () => {
      const { calendar } = bench.gateway
      const made = await insert({ summary: 'Mine', ...times() })
      const one = own(String(made['id']))
      bench.world.google.updateEvent(bench.address, bench.address, one.eventId, { summary: 'Theirs' })
      const stale = { ...one, etag: etagOf(made), sendUpdates: 'none' } as const
      const event = { summary: 'Mine again' }
      expect(await refusal(calendar.patchEvent(bench.user, { ...stale, event }))).toMatchObject({
        httpStatus: 412,
        reason: 'conditionNotMet',
      })
      expect(await refusal(calendar.deleteEvent(bench.user, stale))).toMatchObject({ httpStatus: 412 })
      expect(await calendar.getEvent(bench.user, one)).toMatchObject({ summary: 'Theirs', status: 'confirmed' })
      expect(bench.sent('calendar.events.patch')[0]?.headers['if-match']).toBe(stale.etag)
      expect(await calendar.patchEvent(bench.user, { ...stale, event, etag: null })).toMatchObject(event)
      expect(bench.sent('calendar.events.patch')[1]?.headers).not.toHaveProperty('if-match')
    })

    it('deletes an event once, whoever deletes it', async () => {
      const { id } = addEvent('x')
      const remove = (eventId: string) =>
        bench.gateway.calendar.deleteEvent(bench.user, { ...own(eventId), etag: null, sendUpdates: 'none' })
      expect(await remove(id)).toBe(true)
      expect(await remove(id)).toBe(false)
      expect(await remove('none')).toBe(false)
      expect(await bench.gateway.calendar.getEvent(bench.user, own(id))).toMatchObject({ id, status: 'cancelled' })
    })

    it('does not take a proxy’s 404 or 410 for a deletion', async () => {
      const { id } = addEvent('x')
      for (const status of [404, 410]) {
        bench.world.faults.add({
          operation: 'calendar.events.delete',
          kind: 'status',
          status,
          contentType: 'text/html',
          body: '<p>',
          times: 1,
        })
        const answer = bench.gateway.calendar.deleteEvent(bench.user, { ...own(id), etag: null, sendUpdates: 'none' })
        expect(await refusal(answer)).toMatchObject({ operation: 'calendar.events.delete', httpStatus: status })
      }
    })

    it.each(['freeBusyReader', 'reader'] as const)('carries that a %s may not write', async (role) => {
      const { address: owner } = bench
      const { id } = addEvent('x')
      const guest = await bench.createAccount()
      bench.world.google.shareCalendar(owner, 'primary', bench.address, role)
      const { calendar } = bench.gateway
      const one = { calendarId: owner, eventId: id, etag: null, sendUpdates: 'none' } as const
      for (const write of [
        () => calendar.insertEvent(guest, { calendarId: owner, event: times(), sendUpdates: 'none' }),
        () => calendar.patchEvent(guest, { ...one, event: { summary: 'y' } }),
        () => calendar.deleteEvent(guest, one),
      ])
        expect(await refusal(write())).toMatchObject({ httpStatus: 403, reason: 'requiredAccessLevel' })
    })
  })
}
