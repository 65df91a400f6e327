import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../../../test/journeys/create-world.ts'
import type { World } from '../../../../../../test/journeys/create-world.ts'
import { isTenantryError } from '../../../errors/index.ts'
import { connectCalendar, setUpGoogle, signIn, testPrincipal as principal } from '../../../testing/index.ts'
import type { CalendarEvent } from '../../../model/calendar-event.ts'

const address = 'dana@acme.test'
const visit = {
  title: 'Visit',
  start: { dateTime: '2027-02-01T09:00:00+01:00' },
  end: { dateTime: '2027-02-01T10:00:00+01:00' },
}

async function open(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  await setUpGoogle(world)
  const connectionId = await connectCalendar(world)
  world.sandbox.clearRequests()
  world.events.length = 0
  return { world, connectionId, events: world.sdk.calendar.events }
}

async function connect(world: World, settings: object): Promise<string> {
  const begun = await world.sdk.calendar.connect({ principal, settings: { name: 'Another', ...settings } })
  await signIn(world, begun, { address, principal })
  await world.settle()
  return begun.connectionId
}

const made = (world: World, title = 'Visit') => world.sandbox.google.listEvents(address, address).filter(({ summary }) => summary === title)

const asked = (world: World, operation: string) => world.sandbox.requests.filter((request) => request.operation === operation)

const told = (world: World) =>
  world.events.flatMap((event) => (event.type === 'calendar.changed' ? [[event.change.kind, event.change.title, event.change.own]] : []))

describe('an event that is created', () => {
  it('is in the calendar as it was asked for, and told back', async () => {
    const { world, connectionId, events } = await open()
    const created = await events.create({
      connectionId,
      principal,
      idempotencyKey: 'k1',
      event: {
        ...visit,
        description: 'Bring the keys',
        location: 'Site 7',
        attendees: ['a@x.test', { address: 'b@x.test', name: 'B', optional: true }],
        shownAs: 'free',
        status: 'tentative',
      },
    })
    expect(created).toMatchObject({
      calendarId: address,
      status: 'tentative',
      title: 'Visit',
      description: 'Bring the keys',
      location: 'Site 7',
      shownAs: 'free',
      recurrence: [],
      attendees: [
        { address: 'a@x.test', name: null, optional: false },
        { address: 'b@x.test', name: 'B', optional: true },
      ],
    })
    expect([created.start?.instant, created.end?.instant]).toEqual(['2027-02-01T08:00:00.000Z', '2027-02-01T09:00:00.000Z'])
    expect(created.eventId).toMatch(/^[a-v0-9]{52}$/)
    expect(made(world)).toMatchObject([{ id: created.eventId, etag: created.etag, transparency: 'transparent' }])
    expect(new URL(asked(world, 'calendar.events.insert')[0]?.url ?? '').searchParams.get('sendUpdates')).toBe('none')
  })

  it('is one, however often it is asked for with one key', async () => {
    const { world, connectionId, events } = await open()
    const create = () => events.create({ connectionId, event: visit, idempotencyKey: 'k1' })
    const first = await create()
    expect(await create()).toEqual(first)
    expect(made(world)).toHaveLength(1)
    const other = await events.create({ connectionId, event: visit, idempotencyKey: 'k2' })
    expect(other.eventId).not.toBe(first.eventId)
  })

  it('is one when twenty ask at once', async () => {
    const { world, connectionId, events } = await open()
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => (await events.create({ connectionId, event: visit, idempotencyKey: 'k1' })).eventId),
    )
    expect(new Set(ids).size).toBe(1)
    expect(made(world)).toHaveLength(1)
  })

  it('is one for each key, whatever is lost on the way', async () => {
    const { world, connectionId, events } = await open()
    const trouble = fc.constantFrom('lose-response', 'reset', 'status', 'none')
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), trouble), { minLength: 1, maxLength: 8 }), async (asks) => {
        run += 1
        const title = `Run ${run}`
        for (const [, kind] of asks)
          if (kind !== 'none') world.sandbox.faults.add({ operation: /^calendar\.events\.(insert|get)$/, kind, status: 503, times: 1 })
        const create = async (key: string): Promise<string> => {
          for (;;) {
            try {
              return (await events.create({ connectionId, event: { ...visit, title }, idempotencyKey: key })).eventId
            } catch (error) {
              if (!isTenantryError(error) || error.code !== 'provider_unavailable') throw error
            }
          }
        }
        const ids = await Promise.all(asks.map(([key]) => create(`${run}/${key}`)))
        const keys = new Set(asks.map(([key]) => key))
        expect([new Set(ids).size, made(world, title).length]).toEqual([keys.size, keys.size])
      }),
      { numRuns: 40 },
    )
  })

  it('is one when Google’s answer was lost, and is known as ours', async () => {
    const { world, connectionId, events } = await open()
    world.sandbox.faults.add({ operation: 'calendar.events.insert', kind: 'lose-response', times: 1 })
    const create = () => events.create({ connectionId, event: visit, idempotencyKey: 'k1' })
    await expect(create()).rejects.toMatchObject({ code: 'provider_unavailable', retryable: true })
    await world.settle()
    expect(told(world)).toEqual([['created', 'Visit', true]])
    const [there] = made(world)
    expect(await create()).toMatchObject({ eventId: there?.id, etag: there?.etag })
    expect(made(world)).toHaveLength(1)
  })

  it('is returned as it is by then when it was changed since', async () => {
    const { world, connectionId, events } = await open()
    const create = () => events.create({ connectionId, event: visit, idempotencyKey: 'k1' })
    const { eventId, etag } = await create()
    await events.update({ connectionId, eventId, etag: etag ?? '', changes: { location: 'Site 8' }, idempotencyKey: 'k2' })
    world.sandbox.google.updateEvent(address, address, eventId, { summary: 'Long visit' })
    expect(await create()).toMatchObject({ eventId, title: 'Long visit', location: 'Site 8' })
  })

  it('is gone when it was deleted since', async () => {
    const { world, connectionId, events } = await open()
    const create = () => events.create({ connectionId, event: visit, idempotencyKey: 'k1' })
    const { eventId } = await create()
    world.sandbox.google.cancelEvent(address, address, eventId)
    await expect(create()).rejects.toMatchObject({ code: 'event_gone' })
    expect(made(world)).toEqual([])
  })

  it('is refused when its key made another one', async () => {
    const { world, connectionId, events } = await open()
    await events.create({ connectionId, event: visit, idempotencyKey: 'k1' })
    const other = events.create({ connectionId, event: { ...visit, title: 'Other' }, idempotencyKey: 'k1' })
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused', field: 'idempotencyKey' })
    expect(made(world, 'Other')).toEqual([])
  })

  it('has an id of its own in every connection', async () => {
    const { world, connectionId, events } = await open()
    const { id } = world.sandbox.google.createCalendar(address, { summary: 'Second' })
    const second = await connect(world, { calendarId: id })
    const [first, other] = await Promise.all(
      [connectionId, second].map((target) => events.create({ connectionId: target, event: visit, idempotencyKey: 'k1' })),
    )
    expect(first?.eventId).not.toBe(other?.eventId)
  })

  it('may be a series, which keeps its wall-clock time', async () => {
    const { connectionId, events } = await open()
    const time = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Berlin' })
    const { eventId, recurrence } = await events.create({
      connectionId,
      idempotencyKey: 'k1',
      event: {
        title: 'Round',
        start: time('2027-03-22T09:00:00'),
        end: time('2027-03-22T10:00:00'),
        recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'],
      },
    })
    expect(recurrence).toEqual(['RRULE:FREQ=WEEKLY;COUNT=3'])
    const { events: instances } = await events.list({ connectionId, from: '2027-03-01T00:00:00Z', to: '2027-05-01T00:00:00Z' })
    expect(instances.filter(({ recurringEventId }) => recurringEventId === eventId).map(({ start }) => start?.instant)).toEqual([
      '2027-03-22T08:00:00.000Z',
      '2027-03-29T07:00:00.000Z',
      '2027-04-05T07:00:00.000Z',
    ])
  })

  it('may be whole days, which begin at midnight in the calendar’s zone', async () => {
    const { world, connectionId, events } = await open()
    const days = { title: 'Fair', start: { date: '2027-03-28' }, end: { date: '2027-03-30' } }
    const created = await events.create({ connectionId, event: days, idempotencyKey: 'k1' })
    const { timeZone } = await world.sdk.calendar
      .client({ connectionId })
      .then(async ({ gateway, accessToken }) => gateway.getCalendar({ accessToken: await accessToken() }, address))
    const midnight = new Intl.DateTimeFormat('sv', { timeZone: timeZone ?? 'UTC', dateStyle: 'short', timeStyle: 'medium' })
    expect(created.start).toMatchObject({ value: '2027-03-28', allDay: true })
    expect([created.start, created.end].map((moment) => midnight.format(Date.parse(moment?.instant ?? '')))).toEqual([
      '2027-03-28 00:00:00',
      '2027-03-30 00:00:00',
    ])
  })

  it.each<[string, object, string]>([
    ['an end before the start', { end: { dateTime: '2027-02-01T08:59:59+01:00' } }, 'end'],
    ['no time at all', { end: visit.start }, 'end'],
    ['an end that is only later by the clock on the wall', { end: { dateTime: '2027-02-01T09:30:00+02:00' } }, 'end'],
    ['a whole day at one end only', { end: { date: '2027-02-02' } }, 'end'],
    ['an end that is its first day', { start: { date: '2027-02-01' }, end: { date: '2027-02-01' } }, 'end'],
    ['a series without a zone', { recurrence: ['RRULE:FREQ=DAILY'] }, 'start.timeZone'],
    ['a blank title', { title: '' }, 'title'],
  ])('is refused with %s', async (_, change, field) => {
    const { world, connectionId, events } = await open()
    const created = events.create({ connectionId, event: { ...visit, ...change }, idempotencyKey: 'k1' })
    await expect(created).rejects.toMatchObject({ code: 'invalid_input', field })
    expect(asked(world, 'calendar.events.insert')).toEqual([])
  })

  it.each([[''], ['k'.repeat(256)], ['a\nb'], ['ä'], [undefined], [7]])('is refused with the key %j', async (idempotencyKey) => {
    const { connectionId, events } = await open()
    const created = events.create({ connectionId, event: visit, idempotencyKey: idempotencyKey as string })
    await expect(created).rejects.toMatchObject({ code: 'invalid_input', field: 'idempotencyKey' })
  })

  it('is refused when Google does not take its rule, and with a wrong word for who hears of it', async () => {
    const { connectionId, events } = await open()
    const time = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Berlin' })
    const odd = {
      title: 'Odd',
      start: time('2027-03-22T09:00:00'),
      end: time('2027-03-22T10:00:00'),
      recurrence: ['RRULE:FREQ=DAILY;COUNT=x'],
    }
    await expect(events.create({ connectionId, event: odd, idempotencyKey: 'k1' })).rejects.toMatchObject({ code: 'invalid_input' })
    const loud = events.create({ connectionId, event: visit, idempotencyKey: 'k1', notify: 'some' as 'all' })
    await expect(loud).rejects.toMatchObject({ code: 'invalid_input', field: 'notify' })
  })
})

describe('who may write', () => {
  it('is asked of the host, unless it asks itself', async () => {
    const { world, connectionId, events } = await open({ authorize: ({ action }) => action !== 'connection.use' })
    const options = { connectionId, event: visit, idempotencyKey: 'k1' }
    await expect(events.create({ ...options, principal })).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = { tenantId: 'other', userId: 'eve' }
    await expect(events.create({ ...options, principal: stranger })).rejects.toMatchObject({
      code: expect.stringMatching(/forbidden|not_found/),
    })
    expect(made(world)).toEqual([])
    expect(await events.create(options)).toMatchObject({ title: 'Visit' })
  })

  it('is nobody when the connection only reads', async () => {
    const { world, connectionId, events } = await open()
    await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { direction: 'from_google' } } })
    world.sandbox.clearRequests()
    const code = 'direction_from_google'
    const target = { connectionId, eventId: 'e1', etag: '*' }
    await expect(events.create({ connectionId, event: visit, idempotencyKey: 'k1' })).rejects.toMatchObject({ code })
    await expect(events.update({ ...target, changes: { title: 'x' }, idempotencyKey: 'k1' })).rejects.toMatchObject({ code })
    await expect(events.delete(target)).rejects.toMatchObject({ code })
    expect(
      world.sandbox.requests.filter(({ operation }) => operation.startsWith('calendar.events.') && !/list|watch/.test(operation)),
    ).toEqual([])
  })

  it('needs a calendar that is chosen, that is there, and that may be written to', async () => {
    const { world, events } = await open()
    const create = (connectionId: string): Promise<CalendarEvent> => events.create({ connectionId, event: visit, idempotencyKey: 'k1' })
    const unchosen = await connect(world, { calendarId: null })
    await expect(create(unchosen)).rejects.toMatchObject({ code: 'calendar_not_chosen' })
    const { id } = world.sandbox.google.createCalendar('support@acme.test', { summary: 'Support' })
    world.sandbox.google.shareCalendar('support@acme.test', id, address, 'reader')
    const shared = await connect(world, { calendarId: id })
    await expect(create(shared)).rejects.toMatchObject({ code: 'calendar_read_only' })
    world.sandbox.google.shareCalendar('support@acme.test', id, address, 'writer')
    expect(await create(shared)).toMatchObject({ calendarId: id })
    world.sandbox.google.deleteCalendar('support@acme.test', id)
    await expect(create(shared)).rejects.toMatchObject({ code: 'calendar_not_found' })
  })

  it('is not one who has only the id of another kind of connection', async () => {
    const { events } = await open()
    await expect(events.create({ connectionId: 'nothing', event: visit, idempotencyKey: 'k1' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
