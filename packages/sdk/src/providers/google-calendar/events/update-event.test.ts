import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../../../test/journeys/create-world.ts'
import type { World } from '../../../../../../test/journeys/create-world.ts'
import { connectCalendar, setUpGoogle } from '../../../testing/index.ts'

const address = 'dana@acme.test'
const draft = { summary: 'Visit', start: Date.UTC(2027, 1, 1, 8), end: Date.UTC(2027, 1, 1, 9) }

async function open() {
  const world = createWorld()
  await setUpGoogle(world)
  const connectionId = await connectCalendar(world)
  const event = world.sandbox.google.createEvent(address, address, draft)
  await world.settle()
  world.sandbox.clearRequests()
  world.events.length = 0
  const target = { connectionId, eventId: event.id, etag: event.etag }
  return { world, connectionId, event, target, google: world.sandbox.google, events: world.sdk.calendar.events }
}

/** Lets the test act between the answer to the first call of an operation and what follows. */
function afterFirst(world: World, path: RegExp, method: string, act: () => void): void {
  const serve = world.sandbox.fetch
  let done = false
  Object.assign(world.sandbox, {
    fetch: async (request: Request) => {
      const response = await serve(request)
      if (!done && request.method === method && path.test(new URL(request.url).pathname)) {
        done = true
        act()
      }
      return response
    },
  })
}

const now = (world: World, id: string) => world.sandbox.google.listEvents(address, address).find((event) => event.id === id)

const asked = (world: World, operation: string) => world.sandbox.requests.filter((request) => request.operation === operation)

const told = (world: World) =>
  world.events.flatMap((event) => (event.type === 'calendar.changed' ? [[event.change.kind, event.change.title, event.change.own]] : []))

describe('an event that is changed', () => {
  it('keeps what is not named', async () => {
    const { world, target, google, events, event } = await open()
    google.updateEvent(address, address, event.id, { description: 'Bring the keys', location: 'Site 7' })
    const etag = now(world, event.id)?.etag ?? ''
    const changed = await events.update({ ...target, etag, changes: { title: 'Long visit', location: null }, idempotencyKey: 'k1' })
    expect(changed).toMatchObject({ eventId: event.id, title: 'Long visit', description: 'Bring the keys', location: null })
    expect(changed.etag).not.toBe(etag)
    expect(now(world, event.id)).toMatchObject({ summary: 'Long visit', etag: changed.etag })
    expect(Object.keys(JSON.parse(asked(world, 'calendar.events.patch')[0]?.body ?? '{}'))).toEqual([
      'summary',
      'location',
      'extendedProperties',
    ])
  })

  it('is not changed when somebody else was faster, and the present etag is told', async () => {
    const { world, target, google, events, event } = await open()
    google.updateEvent(address, address, event.id, { summary: 'Theirs' })
    const etag = now(world, event.id)?.etag ?? ''
    const update = { ...target, changes: { location: 'Site 8' }, idempotencyKey: 'k1' }
    await expect(events.update(update)).rejects.toMatchObject({ code: 'event_changed', values: { etag } })
    expect(asked(world, 'calendar.events.patch')).toEqual([])
    expect(await events.update({ ...update, etag })).toMatchObject({ title: 'Theirs', location: 'Site 8' })
  })

  it('is not changed when somebody else is faster in the last moment', async () => {
    const { world, target, google, events, event } = await open()
    afterFirst(world, /\/events\/\w+$/, 'GET', () => google.updateEvent(address, address, event.id, { summary: 'Theirs' }))
    const update = events.update({ ...target, changes: { title: 'Ours' }, idempotencyKey: 'k1' })
    await expect(update).rejects.toMatchObject({ code: 'event_changed' })
    expect(now(world, event.id)).toMatchObject({ summary: 'Theirs' })
    await expect(update).rejects.toMatchObject({ values: { etag: now(world, event.id)?.etag } })
  })

  it('is gone when it is deleted in the last moment', async () => {
    const { world, target, google, events, event } = await open()
    afterFirst(world, /\/events\/\w+$/, 'GET', () => google.cancelEvent(address, address, event.id))
    const update = events.update({ ...target, changes: { title: 'Ours' }, idempotencyKey: 'k1' })
    await expect(update).rejects.toMatchObject({ code: 'event_gone' })
  })

  it('is changed whatever is there with *', async () => {
    const { target, google, events, event } = await open()
    google.updateEvent(address, address, event.id, { summary: 'Theirs' })
    expect(await events.update({ ...target, etag: '*', changes: { title: 'Ours' }, idempotencyKey: 'k1' })).toMatchObject({ title: 'Ours' })
  })

  it('keeps with * what a guest answers in the last moment', async () => {
    const { world, connectionId, google, events } = await open()
    const meeting = { title: 'Meeting', start: { dateTime: '2027-02-02T09:00:00Z' }, end: { dateTime: '2027-02-02T10:00:00Z' } }
    const guests = ['a@x.test', 'b@x.test']
    const { eventId } = await events.create({ connectionId, idempotencyKey: 'k1', event: { ...meeting, attendees: guests } })
    const answered = { attendees: [{ email: 'a@x.test', responseStatus: 'declined' }, { email: 'b@x.test' }] }
    afterFirst(world, /\/events\/\w+$/, 'GET', () => google.updateEvent(address, address, eventId, answered as object))
    const changes = { attendees: [...guests, 'c@x.test'] }
    const { attendees } = await events.update({ connectionId, eventId, etag: '*', changes, idempotencyKey: 'k2' })
    expect(attendees.map(({ address: guest, response }) => [guest, response])).toEqual([
      ['a@x.test', 'declined'],
      ['b@x.test', 'needsAction'],
      ['c@x.test', 'needsAction'],
    ])
  })

  it('is changed once with * when twenty ask at once with one key, and by each of eight with their own', async () => {
    const { world, target, events } = await open()
    const update = (idempotencyKey: string, changes: object) => events.update({ ...target, etag: '*', changes, idempotencyKey })
    await Promise.all(Array.from({ length: 20 }, () => update('k1', { title: 'Ours' })))
    const written = () => asked(world, 'calendar.events.patch').filter(({ status }) => status === 200).length
    expect(written()).toBe(1)
    await Promise.all(Array.from({ length: 8 }, (_, at) => update(`own-${at}`, { description: `By ${at}` })))
    expect(written()).toBe(9)
    await Promise.all(Array.from({ length: 8 }, (_, at) => update(`own-${at}`, { description: `By ${at}` })))
    expect(written()).toBe(9)
  })

  it.each(['*', 'the first'])('is not changed back by a late repetition of an older change, with %s etag', async (which) => {
    const { world, target, events, event } = await open()
    const first = { ...target, etag: which === '*' ? '*' : target.etag, changes: { title: 'First' }, idempotencyKey: 'k1' }
    await events.update(first)
    for (let at = 2; at <= 6; at += 1)
      await events.update({ ...target, etag: '*', changes: { title: `Later ${at}` }, idempotencyKey: `k${at}` })
    expect(await events.update(first)).toMatchObject({ title: 'Later 6', etag: now(world, event.id)?.etag })
    const reused = events.update({ ...first, changes: { title: 'Another' } })
    await expect(reused).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(now(world, event.id)).toMatchObject({ summary: 'Later 6' })
  })

  it('is changed once when Google’s answer was lost, and is known as ours', async () => {
    const { world, target, google, events, event } = await open()
    world.sandbox.faults.add({ operation: 'calendar.events.patch', kind: 'lose-response', times: 1 })
    const update = () => events.update({ ...target, changes: { title: 'Ours' }, idempotencyKey: 'k1' })
    await expect(update()).rejects.toMatchObject({ code: 'provider_unavailable', retryable: true })
    await world.settle()
    expect(told(world)).toEqual([['updated', 'Ours', true]])
    expect(await update()).toMatchObject({ title: 'Ours', etag: now(world, event.id)?.etag })
    google.updateEvent(address, address, event.id, { location: 'Site 9' })
    expect(await update()).toMatchObject({ title: 'Ours', location: 'Site 9' })
    expect(asked(world, 'calendar.events.patch')).toHaveLength(1)
  })

  it('is changed once when twenty ask at once', async () => {
    const { world, target, events } = await open()
    const etags = await Promise.all(
      Array.from({ length: 20 }, async () => (await events.update({ ...target, changes: { title: 'Ours' }, idempotencyKey: 'k1' })).etag),
    )
    expect(new Set(etags).size).toBe(1)
    expect(asked(world, 'calendar.events.patch').filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('is refused when its key made another change', async () => {
    const { target, events } = await open()
    const { etag } = await events.update({ ...target, changes: { title: 'Ours' }, idempotencyKey: 'k1' })
    const other = events.update({ ...target, etag: etag ?? '', changes: { title: 'Other' }, idempotencyKey: 'k1' })
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })

  it('is told as ours until somebody else changes it', async () => {
    const { world, target, google, events, event } = await open()
    await events.update({ ...target, changes: { title: 'Ours' }, idempotencyKey: 'k1' })
    await world.settle()
    google.updateEvent(address, address, event.id, { summary: 'Theirs' })
    await world.settle()
    google.updateEvent(address, address, event.id, { location: 'Site 9' })
    await world.settle()
    expect(told(world)).toEqual([
      ['updated', 'Ours', true],
      ['updated', 'Theirs', false],
      ['updated', 'Theirs', false],
    ])
  })

  it('is told as theirs when somebody changed it and changed it back', async () => {
    const { world, target, google, events, event } = await open()
    await events.update({ ...target, changes: { title: 'Ours' }, idempotencyKey: 'k1' })
    await world.settle()
    await world.sandbox.clock.advance(10 * 60_000)
    google.updateEvent(address, address, event.id, { summary: 'Theirs' })
    google.updateEvent(address, address, event.id, { summary: 'Ours' })
    await world.settle()
    expect(told(world)).toEqual([
      ['updated', 'Ours', true],
      ['updated', 'Ours', false],
    ])
  })

  it('is left alone when it cannot be read, unless the change mends it', async () => {
    const { world, connectionId, google, events } = await open()
    const { id: eventId, etag } = google.createOddEvent(address, address, { summary: 'No times' })
    const update = { connectionId, eventId, etag, changes: { title: 'Ours' }, idempotencyKey: 'k1' }
    await expect(events.update(update)).rejects.toMatchObject({ code: 'event_unreadable' })
    expect(asked(world, 'calendar.events.patch')).toEqual([])
    const times = { start: { dateTime: '2027-02-01T09:00:00Z' }, end: { dateTime: '2027-02-01T10:00:00Z' } }
    expect(await events.update({ ...update, changes: times })).toMatchObject({ title: 'No times' })
  })

  it('keeps the answers of the guests who stay', async () => {
    const { world, connectionId, events } = await open()
    const { eventId } = await events.create({
      connectionId,
      idempotencyKey: 'k1',
      event: {
        title: 'Meeting',
        start: { dateTime: '2027-02-02T09:00:00Z' },
        end: { dateTime: '2027-02-02T10:00:00Z' },
        attendees: ['a@x.test', 'b@x.test'],
      },
    })
    const answered = { attendees: [{ email: 'a@x.test', responseStatus: 'accepted' }, { email: 'b@x.test' }] }
    world.sandbox.google.updateEvent(address, address, eventId, answered as object)
    const changes = { attendees: ['c@x.test', { address: 'A@x.test', name: 'A' }] }
    const { attendees } = await events.update({ connectionId, eventId, etag: '*', changes, idempotencyKey: 'k2' })
    expect(attendees).toMatchObject([
      { address: 'c@x.test', response: 'needsAction' },
      { address: 'a@x.test', name: 'A', response: 'accepted' },
    ])
  })

  it('turns from a time into whole days and back', async () => {
    const { target, events } = await open()
    const days = { start: { date: '2027-02-01' }, end: { date: '2027-02-02' } }
    const whole = await events.update({ ...target, changes: days, idempotencyKey: 'k1' })
    expect(whole.start).toMatchObject({ value: '2027-02-01', allDay: true })
    const times = { start: { dateTime: '2027-02-01T09:00:00Z' }, end: { dateTime: '2027-02-01T10:00:00Z' } }
    const timed = await events.update({ ...target, etag: whole.etag ?? '', changes: times, idempotencyKey: 'k2' })
    expect(timed.start).toMatchObject({ allDay: false, instant: '2027-02-01T09:00:00.000Z' })
  })

  it.each<[string, object, string]>([
    ['a start after its end', { start: { dateTime: '2027-02-01T09:00:00Z' } }, 'start'],
    ['an end before its start', { end: { dateTime: '2027-02-01T08:00:00Z' } }, 'end'],
    ['a whole day at one end', { start: { date: '2027-02-01' } }, 'start'],
    ['nothing', {}, 'changes'],
    ['an unknown field', { colour: 'red' }, 'colour'],
  ])('is refused with %s', async (_, changes, field) => {
    const { world, target, events } = await open()
    await expect(events.update({ ...target, changes, idempotencyKey: 'k1' })).rejects.toMatchObject({ code: 'invalid_input', field })
    expect(asked(world, 'calendar.events.patch')).toEqual([])
  })

  it.each([
    ['eventId', { eventId: '' }],
    ['eventId', { eventId: 'a b' }],
    ['eventId', { eventId: 'e'.repeat(1025) }],
    ['etag', { etag: '' }],
    ['etag', { etag: undefined as unknown as string }],
    ['etag', { etag: '"1"\r\nx: y' }],
    ['idempotencyKey', { idempotencyKey: '' }],
  ])('is refused with a bad %s', async (field, change) => {
    const { target, events } = await open()
    const update = events.update({ ...target, changes: { title: 'x' }, idempotencyKey: 'k1', ...change })
    await expect(update).rejects.toMatchObject({ code: 'invalid_input', field })
  })

  it('is gone when it was deleted, or was never there', async () => {
    const { target, google, events, event } = await open()
    google.cancelEvent(address, address, event.id)
    const update = { ...target, etag: '*', changes: { title: 'x' }, idempotencyKey: 'k1' }
    await expect(events.update(update)).rejects.toMatchObject({ code: 'event_gone' })
    await expect(events.update({ ...update, eventId: 'never' })).rejects.toMatchObject({ code: 'event_gone' })
    await expect(events.update({ ...update, eventId: '../../users/me' })).rejects.toMatchObject({ code: 'event_gone' })
  })
})

describe('one instance of a series', () => {
  const weekly = {
    title: 'Round',
    start: { dateTime: '2027-03-22T09:00:00', timeZone: 'Europe/Berlin' },
    end: { dateTime: '2027-03-22T10:00:00', timeZone: 'Europe/Berlin' },
    recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'],
  }
  const window = { from: '2027-03-01T00:00:00Z', to: '2027-05-01T00:00:00Z' }

  async function openSeries() {
    const { world, connectionId, events } = await open()
    const series = await events.create({ connectionId, event: weekly, idempotencyKey: 'k1' })
    await world.settle()
    world.events.length = 0
    const instances = async () =>
      (await events.list({ connectionId, ...window })).events.filter((event) => event.recurringEventId === series.eventId)
    const [, second] = await instances()
    return {
      world,
      connectionId,
      events,
      instances,
      second,
      target: { connectionId, eventId: second?.eventId ?? '', etag: second?.etag ?? '' },
    }
  }

  it('is moved alone, and told as ours', async () => {
    const { world, events, target, instances, second } = await openSeries()
    const start = { dateTime: '2027-03-29T11:00:00', timeZone: 'Europe/Berlin' }
    const end = { dateTime: '2027-03-29T12:00:00', timeZone: 'Europe/Berlin' }
    const moved = await events.update({ ...target, changes: { start, end }, idempotencyKey: 'k2' })
    expect(moved.originalStart?.instant).toBe(second?.start?.instant)
    expect((await instances()).map((event) => event.start?.instant)).toEqual([
      '2027-03-22T08:00:00.000Z',
      '2027-03-29T09:00:00.000Z',
      '2027-04-05T07:00:00.000Z',
    ])
    await world.settle()
    expect(told(world)).toEqual([['created', 'Round', true]])
  })

  it('is not taken for ours when somebody else moves it, though it inherits the mark of the series', async () => {
    const { world, target } = await openSeries()
    world.sandbox.google.moveEvent(address, address, target.eventId, 3_600_000)
    await world.settle()
    expect(told(world)).toEqual([['created', 'Round', false]])
  })

  it('is deleted alone, once', async () => {
    const { world, events, target, instances } = await openSeries()
    expect(await events.delete(target)).toEqual({ deleted: true })
    expect(await instances()).toHaveLength(2)
    expect(await events.delete({ ...target, etag: '*' })).toEqual({ deleted: false })
    await world.settle()
    expect(told(world).map(([kind, , own]) => [kind, own])).toEqual([['cancelled', true]])
  })

  it('cannot be made a series of its own', async () => {
    const { events, target } = await openSeries()
    const update = events.update({ ...target, changes: { recurrence: ['RRULE:FREQ=DAILY'] }, idempotencyKey: 'k2' })
    await expect(update).rejects.toMatchObject({ code: 'invalid_input', field: 'recurrence' })
  })
})

describe('an event that is deleted', () => {
  it('is gone, once, and told as ours', async () => {
    const { world, target, events, event } = await open()
    expect(await events.delete(target)).toEqual({ deleted: true })
    expect(now(world, event.id)).toBeUndefined()
    await world.settle()
    expect(told(world).map(([kind, , own]) => [kind, own])).toEqual([['cancelled', true]])
    expect(await events.delete(target)).toEqual({ deleted: false })
  })

  it('was deleted by us when only the answer was lost', async () => {
    const { world, target, events } = await open()
    world.sandbox.faults.add({ operation: 'calendar.events.delete', kind: 'lose-response', times: 1 })
    await expect(events.delete(target)).rejects.toMatchObject({ code: 'provider_unavailable', retryable: true })
    expect(await events.delete(target)).toEqual({ deleted: false })
    await world.settle()
    expect(told(world).map(([kind, , own]) => [kind, own])).toEqual([['cancelled', true]])
  })

  it('stays when somebody else changed it', async () => {
    const { world, target, google, events, event } = await open()
    google.updateEvent(address, address, event.id, { summary: 'Theirs' })
    await expect(events.delete(target)).rejects.toMatchObject({ code: 'event_changed', values: { etag: now(world, event.id)?.etag } })
    expect(now(world, event.id)).toMatchObject({ summary: 'Theirs' })
    expect(await events.delete({ ...target, etag: '*' })).toEqual({ deleted: true })
  })

  it('is told as theirs when somebody else deletes it', async () => {
    const { world, google, event } = await open()
    google.cancelEvent(address, address, event.id)
    await world.settle()
    expect(told(world).map(([kind, , own]) => [kind, own])).toEqual([['cancelled', false]])
  })
})

describe('an event in a calendar that Google no longer shows', () => {
  it('is not said to be gone', async () => {
    const { world, google, events } = await open()
    const owner = 'support@acme.test'
    const { id: calendarId } = google.createCalendar(owner, { summary: 'Support' })
    google.shareCalendar(owner, calendarId, address, 'writer')
    const connectionId = await connectCalendar(world, { settings: { calendarId } })
    const { id: eventId, etag } = google.createEvent(owner, calendarId, draft)
    const target = { connectionId, eventId, etag }
    google.unshareCalendar(owner, calendarId, address)
    const code = 'calendar_not_found'
    await expect(events.delete(target)).rejects.toMatchObject({ code })
    await expect(events.get(target)).rejects.toMatchObject({ code })
    await expect(events.update({ ...target, changes: { title: 'Ours' }, idempotencyKey: 'k1' })).rejects.toMatchObject({ code })
    google.shareCalendar(owner, calendarId, address, 'writer')
    expect(await events.delete({ ...target, etag: '*' })).toEqual({ deleted: true })
    expect(await events.delete(target)).toEqual({ deleted: false })
  })
})
