import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../../../test/journeys/create-world.ts'
import { connectCalendar, setUpGoogle, signIn, testPrincipal as principal } from '../../../testing/index.ts'

const address = 'dana@acme.test'
const hour = 3_600_000
const year = { from: '2027-01-01T00:00:00Z', to: '2028-01-01T00:00:00Z' }

async function open() {
  const world = createWorld()
  await setUpGoogle(world)
  const connectionId = await connectCalendar(world)
  const { google } = world.sandbox
  for (const { id } of google.listEvents(address, address)) google.cancelEvent(address, address, id)
  const add = (summary: string, start: number, hours = 1) =>
    google.createEvent(address, address, { summary, start, end: start + hours * hour })
  return { world, connectionId, google, add, events: world.sdk.calendar.events }
}

/** A calendar of somebody else’s, seen with this role. */
async function openShared(role: 'freeBusyReader' | 'reader') {
  const opened = await open()
  const { google } = opened.world.sandbox
  const { id } = google.createCalendar('support@acme.test', { summary: 'Support' })
  google.shareCalendar('support@acme.test', id, address, role)
  const start = Date.UTC(2027, 5, 1, 9)
  google.createEvent('support@acme.test', id, { summary: 'Theirs', start, end: start + hour })
  const begun = await opened.world.sdk.calendar.connect({ principal, settings: { name: 'Support', calendarId: id } })
  await signIn(opened.world, begun, { address, principal })
  return { ...opened, connectionId: begun.connectionId }
}

describe('one event', () => {
  it('is read as it is now', async () => {
    const { connectionId, google, add, events } = await open()
    const { id } = add('Visit', Date.UTC(2027, 1, 1, 8))
    const { etag } = google.updateEvent(address, address, id, { summary: 'Long visit' })
    expect(await events.get({ connectionId, eventId: id })).toMatchObject({ eventId: id, etag, title: 'Long visit' })
  })

  it('is gone, or cannot be read, or was never there', async () => {
    const { connectionId, google, add, events } = await open()
    const { id } = add('Visit', Date.UTC(2027, 1, 1, 8))
    google.cancelEvent(address, address, id)
    const odd = google.createOddEvent(address, address, { summary: 'No times' })
    await expect(events.get({ connectionId, eventId: id })).rejects.toMatchObject({ code: 'event_gone' })
    await expect(events.get({ connectionId, eventId: odd.id })).rejects.toMatchObject({ code: 'event_unreadable' })
    await expect(events.get({ connectionId, eventId: 'never' })).rejects.toMatchObject({ code: 'event_gone' })
    await expect(events.get({ connectionId, eventId: ' ' })).rejects.toMatchObject({ code: 'invalid_input', field: 'eventId' })
  })
})

describe('what takes place in a time', () => {
  it('is listed by start, series as instances, and what is cancelled is left out', async () => {
    const { connectionId, google, add, events } = await open()
    add('Third', Date.UTC(2027, 1, 3, 8))
    const { id } = add('Gone', Date.UTC(2027, 1, 1, 8))
    google.cancelEvent(address, address, id)
    google.createEvent(address, address, {
      summary: 'Round',
      start: { dateTime: '2027-02-02T09:00:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2027-02-02T10:00:00', timeZone: 'Europe/Berlin' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    })
    const window = { from: '2027-02-01T00:00:00Z', to: '2027-02-04T00:00:00+00:00' }
    const { events: listed, unreadable } = await events.list({ connectionId, ...window })
    expect(listed.map(({ title, start }) => [title, start?.instant])).toEqual([
      ['Round', '2027-02-02T08:00:00.000Z'],
      ['Third', '2027-02-03T08:00:00.000Z'],
      ['Round', '2027-02-03T08:00:00.000Z'],
    ])
    expect(unreadable).toEqual([])
  })

  it('is listed to its last page', async () => {
    const { world, connectionId, add, events } = await open()
    for (let at = 0; at < 600; at += 1) add(`e${at}`, Date.UTC(2027, 6, 1) + at * hour)
    world.sandbox.clearRequests()
    const { events: listed } = await events.list({ connectionId, ...year })
    expect(listed.filter(({ title }) => /^e\d+$/.test(title ?? ''))).toHaveLength(600)
    expect(world.sandbox.requests.length).toBeGreaterThanOrEqual(3)
  })

  it('is not listed without end', async () => {
    const { world, connectionId, events } = await open()
    const page = JSON.stringify({ items: [], nextPageToken: 'again' })
    world.sandbox.faults.add({ operation: 'calendar.events.list', kind: 'body', status: 200, contentType: 'application/json', body: page })
    await expect(events.list({ connectionId, ...year })).rejects.toMatchObject({ code: 'feed_endless' })
    expect(world.sandbox.requests.length).toBeLessThan(300)
  })

  it('is still read by a connection that only writes', async () => {
    const { world, connectionId, add, events } = await open()
    await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { direction: 'to_google' } } })
    const { id } = add('Visit', Date.UTC(2027, 1, 1, 8))
    expect((await events.list({ connectionId, ...year })).events.map(({ eventId }) => eventId)).toContain(id)
    expect(await events.get({ connectionId, eventId: id })).toMatchObject({ title: 'Visit' })
  })

  it.each<[string, object, string]>([
    ['no beginning', { from: undefined }, 'from'],
    ['a day', { from: '2027-01-01' }, 'from'],
    ['a time without an offset', { to: '2027-06-01T00:00:00' }, 'to'],
    ['a time that does not exist', { from: '2027-02-30T00:00:00Z' }, 'from'],
    ['a number', { to: 7 }, 'to'],
    ['an end before the beginning', { to: '2026-12-31T23:59:59Z' }, 'to'],
    ['an end that is the beginning', { to: year.from }, 'to'],
    ['more than 366 days', { to: '2028-01-02T00:00:01Z' }, 'to'],
  ])('is not asked with %s', async (_, change, field) => {
    const { connectionId, events, world } = await open()
    await expect(events.list({ connectionId, ...year, ...change })).rejects.toMatchObject({ code: 'invalid_input', field })
    await expect(world.sdk.calendar.freeBusy({ connectionId, ...year, ...change })).rejects.toMatchObject({ code: 'invalid_input', field })
  })
})

describe('when a calendar is taken', () => {
  it('is told without overlaps, also across a whole year', async () => {
    const { world, connectionId, google, add } = await open()
    add('One', Date.UTC(2027, 0, 5, 8), 2)
    add('Two', Date.UTC(2027, 0, 5, 9), 2)
    // Goes on across every end of sixty days.
    add('Long', Date.UTC(2027, 1, 20), 24 * 90)
    const free = add('Free', Date.UTC(2027, 10, 1))
    google.updateEvent(address, address, free.id, { transparency: 'transparent' })
    add('Last', Date.UTC(2027, 11, 31, 12))
    expect(await world.sdk.calendar.freeBusy({ connectionId, ...year })).toEqual({
      busy: [
        { start: '2027-01-05T08:00:00.000Z', end: '2027-01-05T11:00:00.000Z' },
        { start: '2027-02-20T00:00:00.000Z', end: '2027-05-21T00:00:00.000Z' },
        { start: '2027-12-31T12:00:00.000Z', end: '2027-12-31T13:00:00.000Z' },
      ],
    })
    const asked = world.sandbox.requests.filter(({ operation }) => operation === 'calendar.freebusy.query')
    const days = asked
      .map(({ body }) => JSON.parse(body))
      .map(({ timeMin, timeMax }) => (Date.parse(timeMax) - Date.parse(timeMin)) / (24 * hour))
    expect(days).toEqual([60, 60, 60, 60, 60, 60, 5])
  })

  it('is told of a calendar that shows nothing else, whose events have no titles', async () => {
    const { world, connectionId, events } = await openShared('freeBusyReader')
    expect(await world.sdk.calendar.freeBusy({ connectionId, ...year })).toEqual({
      busy: [{ start: '2027-06-01T09:00:00.000Z', end: '2027-06-01T10:00:00.000Z' }],
    })
    expect((await events.list({ connectionId, ...year })).events.map(({ title }) => title)).toEqual([null])
  })

  it('is not told of a calendar that is gone', async () => {
    const { world, connectionId, google } = await openShared('reader')
    const { calendarId } = (await world.store.connections.get('acme', connectionId))?.settings ?? {}
    google.deleteCalendar('support@acme.test', String(calendarId))
    await expect(world.sdk.calendar.freeBusy({ connectionId, ...year })).rejects.toMatchObject({ code: 'calendar_not_found' })
  })
})
