import { describe, expect, it } from 'vitest'
import { refusalOf, startCalendar } from '../testing/start-calendar.ts'
import { json, SUPPORT } from '../testing/start-tenant.ts'

const times = { start: { dateTime: '2026-06-02T10:00:00Z' }, end: { dateTime: '2026-06-02T11:00:00Z' } }
const berlin = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Berlin' })

describe('writing events', () => {
  it('gives every version an etag and counts the moves', async () => {
    const { events, written } = await startCalendar()
    const created = await written('POST', '', { summary: 'Visit', ...times })
    const moved = await written('PATCH', `/${created.id}`, { end: { dateTime: '2026-06-02T12:00:00Z' } })
    expect(moved).toMatchObject({ summary: 'Visit', sequence: 1 })
    const named = await written('PATCH', `/${created.id}`, { summary: 'Call' })
    expect(named).toMatchObject({ summary: 'Call', sequence: 1 })
    expect(new Set([created, moved, named].map(({ etag }) => etag)).size).toBe(3)
    expect((await events('GET', '/none')).status).toBe(404)
  })

  it('refuses a version that is not the newest', async () => {
    const { events, written } = await startCalendar()
    const { id, etag } = await written('POST', '', { summary: 'Visit', ...times })
    const newest = await written('PATCH', `/${id}`, { summary: 'Call' })
    for (const method of ['PATCH', 'PUT', 'DELETE']) {
      const refused = await events(method, `/${id}`, method === 'DELETE' ? undefined : times, { 'if-match': etag })
      expect(await refusalOf(refused)).toMatchObject({ status: 412, reason: 'conditionNotMet' })
    }
    expect((await events('DELETE', `/${id}`, undefined, { 'if-match': newest.etag })).status).toBe(204)
  })

  it('keeps a deleted event as a tombstone that can be restored', async () => {
    const { events, written, listed } = await startCalendar()
    const { nextSyncToken = '' } = await listed()
    const { id } = await written('POST', '', { summary: 'Visit', ...times })
    await events('DELETE', `/${id}`)
    expect(await refusalOf(await events('DELETE', `/${id}`))).toMatchObject({ status: 410, reason: 'deleted' })
    expect(await written('GET', `/${id}`)).toMatchObject({ status: 'cancelled', summary: 'Visit' })
    const told = await listed({ syncToken: nextSyncToken })
    expect(told.items.map((item) => Object.keys(item).toSorted())).toEqual([['etag', 'id', 'kind', 'status', 'updated']])
    expect((await listed({ showDeleted: 'true' })).items).toMatchObject([{ id, status: 'cancelled' }])
    await written('PATCH', `/${id}`, { status: 'confirmed' })
    expect((await listed()).items).toMatchObject([{ id, status: 'confirmed', summary: 'Visit' }])
    // Whoever has the old token still hears of it.
    expect((await listed({ syncToken: nextSyncToken })).items).toMatchObject([{ id, status: 'confirmed' }])
  })

  it('takes ids in base32hex, each one once', async () => {
    const { events, written } = await startCalendar()
    for (const id of ['abcd', 'Abcde', 'with-dash', 'wxyz1', 'v'.repeat(1025), 'seriös']) {
      expect(await refusalOf(await events('POST', '', { id, ...times }))).toMatchObject({ status: 400, reason: 'invalid' })
    }
    expect(await written('POST', '', { id: 'tn0av9', ...times })).toMatchObject({ id: 'tn0av9' })
    expect(await refusalOf(await events('POST', '', { id: 'tn0av9', ...times }))).toMatchObject({ status: 409, reason: 'duplicate' })
    await events('DELETE', '/tn0av9')
    expect((await events('POST', '', { id: 'tn0av9', ...times })).status).toBe(409)
    expect((await written('POST', '', times)).id).toMatch(/^[a-v0-9]{26}$/)
  })

  it('merges nested fields on PATCH and replaces everything on PUT', async () => {
    const { written } = await startCalendar()
    const first = { private: { host: 'EXAMPLE_1', kept: 'yes' }, shared: { team: 'blue' } }
    const { id } = await written('POST', '', { summary: 'Visit', location: 'Floor 3', extendedProperties: first, ...times })
    const merged = await written('PATCH', `/${id}`, { extendedProperties: { private: { host: 'EXAMPLE_2', kept: null } } })
    expect(merged['extendedProperties']).toEqual({ private: { host: 'EXAMPLE_2' }, shared: { team: 'blue' } })
    const replaced = await written('PUT', `/${id}`, { summary: 'Call', ...times })
    expect(replaced).toMatchObject({ id, summary: 'Call', status: 'confirmed', iCalUID: `${id}@google.com` })
    expect(replaced).not.toHaveProperty('location')
    expect(replaced).not.toHaveProperty('extendedProperties')
  })

  it('leaves alone what only Google writes', async () => {
    const { written } = await startCalendar()
    const { id } = await written('POST', '', { iCalUID: 'mine', recurringEventId: 'other', sequence: 9, ...times })
    const kept = await written('PATCH', `/${id}`, { etag: 'mine', creator: { email: 'x@y.test' }, id: 'other' })
    expect(kept).toMatchObject({ id, sequence: 0, iCalUID: `${id}@google.com`, creator: { email: SUPPORT, self: true } })
    expect(kept).not.toHaveProperty('recurringEventId')
  })

  it('knows who is told of a write', async () => {
    const { events } = await startCalendar()
    for (const asked of ['all', 'externalOnly', 'none']) expect((await events('POST', `?sendUpdates=${asked}`, times)).status).toBe(200)
    expect(await refusalOf(await events('POST', '?sendUpdates=some', times))).toMatchObject({ status: 400, reason: 'invalidParameter' })
  })
})

describe('times', () => {
  it('come back with the offset of the calendar and the zone of the event', async () => {
    const { written, events } = await startCalendar()
    const local = await written('POST', '', { start: berlin('2026-11-21T09:00:00'), end: berlin('2026-11-21T10:00:00.5') })
    expect(local).toMatchObject({ start: berlin('2026-11-21T09:00:00+01:00'), end: berlin('2026-11-21T10:00:00+01:00') })
    const start = { dateTime: '2026-11-21T09:00:00', timeZone: 'America/New_York' }
    const far = await written('POST', '', { start, end: { dateTime: '2026-11-21T15:30:00Z' } })
    expect(far).toMatchObject({
      start: { dateTime: '2026-11-21T15:00:00+01:00', timeZone: 'America/New_York' },
      end: { dateTime: '2026-11-21T16:30:00+01:00' },
    })
    const there = await json(await events('GET', `/${far.id}?timeZone=America%2FNew_York`))
    expect(there).toMatchObject({ start: { dateTime: '2026-11-21T09:00:00-05:00' }, end: { dateTime: '2026-11-21T10:30:00-05:00' } })
    const utc = await json(await events('GET', `/${far.id}?timeZone=UTC`))
    expect(utc).toMatchObject({ start: { dateTime: '2026-11-21T14:00:00Z' } })
  })

  it.each([
    ['a missing start', { end: times.end }, 'required'],
    ['a missing end', { start: times.start }, 'required'],
    ['no zone and no offset', { start: { dateTime: '2026-06-02T10:00:00' }, end: times.end }, 'required'],
    ['an unknown zone', { start: { dateTime: '2026-06-02T10:00:00', timeZone: 'Mars/Olympus' }, end: times.end }, 'invalid'],
    ['an offset as a zone', { start: { dateTime: '2026-06-02T10:00:00', timeZone: '+02:00' }, end: times.end }, 'invalid'],
    ['a date that does not exist', { start: { date: '2026-02-30' }, end: { date: '2026-03-01' } }, 'invalid'],
    ['a time that does not exist', { start: { dateTime: '2026-06-02T25:00:00Z' }, end: times.end }, 'invalid'],
    ['a date and a time', { start: { date: '2026-06-02', dateTime: '2026-06-02T10:00:00Z' }, end: times.end }, 'invalid'],
    ['a whole day that ends at an hour', { start: { date: '2026-06-02' }, end: times.end }, 'invalid'],
    ['an end before the start', { start: times.end, end: times.start }, 'timeRangeEmpty'],
    ['an unknown status', { ...times, status: 'maybe' }, 'invalid'],
  ])('refuses %s', async (_, body, reason) => {
    const { events } = await startCalendar()
    expect(await refusalOf(await events('POST', '', body))).toMatchObject({ status: 400, reason })
  })

  it('turn into whole days only when the hours are taken away', async () => {
    const { written, events } = await startCalendar()
    const { id } = await written('POST', '', times)
    const days = { start: { date: '2026-06-02' }, end: { date: '2026-06-04' } }
    expect((await events('PATCH', `/${id}`, days)).status).toBe(400)
    const nulls = { start: { ...days.start, dateTime: null }, end: { ...days.end, dateTime: null } }
    expect(await written('PATCH', `/${id}`, nulls)).toMatchObject(days)
  })

  it('of whole days begin at midnight in the zone of the calendar', async () => {
    const { written, listed } = await startCalendar()
    await written('POST', '', { start: { date: '2026-06-02' }, end: { date: '2026-06-03' } })
    const within = async (timeMin: string, timeMax: string) => (await listed({ timeMin, timeMax })).items.length
    expect(await within('2026-06-01T20:00:00Z', '2026-06-01T22:00:00Z')).toBe(0)
    expect(await within('2026-06-01T20:00:00Z', '2026-06-01T22:00:01Z')).toBe(1)
    expect(await within('2026-06-02T21:59:59Z', '2026-06-03T10:00:00Z')).toBe(1)
    expect(await within('2026-06-02T22:00:00Z', '2026-06-03T10:00:00Z')).toBe(0)
  })
})

describe('roles', () => {
  it('show events without details to who may only know that somebody is busy', async () => {
    const { google, connect, sandbox, written } = await startCalendar()
    const secret = await written('POST', '', { summary: 'Salary', location: 'Room 1', visibility: 'private', ...times })
    google.createAccount({ address: 'dana@acme.test', seed: false })
    const { access_token } = await connect(['https://www.googleapis.com/auth/calendar'], 'dana@acme.test')
    const look = async (path = '') => {
      const url = `${sandbox.endpoints.calendar}/calendars/${SUPPORT}/events${path}`
      return json<{ accessRole: string; items: object[] }>(
        await sandbox.fetch(new Request(url, { headers: { authorization: `Bearer ${access_token}` } })),
      )
    }
    for (const role of ['freeBusyReader', 'reader'] as const) {
      google.shareCalendar(SUPPORT, SUPPORT, 'dana@acme.test', role)
      const { accessRole, items } = await look()
      expect(accessRole).toBe(role)
      expect(items).toMatchObject([{ id: secret.id, status: 'confirmed', start: secret.start, end: secret.end, visibility: 'private' }])
      for (const shown of [...items, await look(`/${secret.id}`)]) {
        expect(shown).not.toHaveProperty('summary')
        expect(shown).not.toHaveProperty('location')
      }
    }
    google.updateEvent(SUPPORT, 'primary', secret.id, { summary: 'Lunch' })
    google.shareCalendar(SUPPORT, SUPPORT, 'dana@acme.test', 'writer')
    expect(await look()).toMatchObject({ accessRole: 'writer', timeZone: 'Europe/Berlin', items: [{ summary: 'Lunch' }] })
  })
})

describe('an odd event', () => {
  it('is stored and listed as it is', async () => {
    const { google, listed, written } = await startCalendar()
    const lost = google.createOddEvent(SUPPORT, 'primary', { summary: 'No times', status: 'confirmed' })
    const broken = google.createOddEvent(SUPPORT, 'primary', { id: 'odd_1', ...times, recurrence: ['RRULE:FREQ=SOMETIMES'] })
    const crowd = Array.from({ length: 10_000 }, (_, index) => ({ email: `a${index}@x.test` }))
    google.createOddEvent(SUPPORT, 'primary', { start: null, end: 7, recurringEventId: 'none', attendees: crowd })
    expect((await listed()).items).toHaveLength(3)
    expect((await listed({ singleEvents: 'true' })).items).toHaveLength(2)
    expect((await listed({ timeZone: 'UTC' })).items[0]).toEqual(lost)
    expect((await listed({ timeMin: '2026-01-01T00:00:00Z' })).items).toEqual([])
    expect((await listed({ singleEvents: 'true', orderBy: 'startTime' })).items).toHaveLength(2)
    expect(await written('GET', '/odd_1')).toEqual(broken)
    expect(google.listInstances(SUPPORT, 'primary', 'odd_1')).toEqual([])
    google.createOddEvent(SUPPORT, 'primary', { id: lost.id, summary: 'Still none' })
    expect(await written('GET', `/${lost.id}`)).toMatchObject({ summary: 'Still none' })
  })
})
