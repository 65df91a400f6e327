import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { contentsOf } from './calendar-model/google-side.ts'
import {
  address,
  answerInPages,
  changesTo,
  copyAt,
  pass,
  readTeam,
  silence,
  teamId,
  toldOf,
  wordsTo,
  write,
  zone,
} from './calendar-model/reading.ts'
import type { Reading } from './calendar-model/reading.ts'
import { callsTo, look } from './channels.ts'

const times = { start: { dateTime: '2026-11-24T09:00:00Z' }, end: { dateTime: '2026-11-24T10:00:00Z' } }
const odd = ({ world }: Reading, resource: Record<string, unknown>): string =>
  world.sandbox.google.createOddEvent(address, teamId, { status: 'confirmed', ...resource }).id
const healthOf = async ({ world, connectionId }: Reading) => (await world.sdk.calendar.get({ principal, connectionId })).health

/** Long enough for five attempts. */
const giveUp = async ({ world }: Reading) => {
  for (let minutes = 0; minutes < 5; minutes += 1) await pass(world, 1)
}

/** Google's page with its items, and whatever else, changed. */
async function alter(answer: Promise<Response>, how: (body: { items: Record<string, unknown>[] }) => object): Promise<Response> {
  const response = await answer
  return response.ok ? Response.json(how((await response.json()) as { items: Record<string, unknown>[] })) : response
}

describe('an event that cannot be read', () => {
  it.each<[string, Record<string, unknown>]>([
    ['has a rule with no frequency', { ...times, recurrence: ['RRULE:COUNT=3'] }],
    ['has a rule of a frequency that there is not', { ...times, recurrence: ['RRULE:FREQ=SOMETIMES'] }],
    ['has a rule that is no rule', { ...times, recurrence: ['every day'] }],
    ['has one good rule and one bad', { ...times, recurrence: ['RRULE:FREQ=DAILY', 'RRULE:'] }],
    ['has a rule with a line break in it', { ...times, recurrence: ['RRULE:FREQ=DAILY\r\nDTSTART:19700101'] }],
    ['has rules that are no list', { ...times, recurrence: 'RRULE:FREQ=DAILY' }],
    ['has a rule that is no text', { ...times, recurrence: [7] }],
    ['has no times', {}],
    ['has no end', { start: times.start }],
    ['ends before it begins', { start: times.end, end: times.start }],
    ['begins on a day that there is not', { start: { date: '2027-02-31' }, end: { date: '2027-03-01' } }],
    ['begins at no time', { start: { dateTime: 'soon' }, end: times.end }],
    ['begins at a number', { start: { dateTime: 1_795_000_000 }, end: times.end }],
    ['begins in a list', { start: [], end: times.end }],
  ])('because it %s is set aside with a code; the rest goes on, and a later good version heals', async (_, bad) => {
    const reading = await readTeam()
    const { world, host } = reading
    const id = odd(reading, { summary: 'odd', ...bad })
    write(world.sandbox, 'fine')
    await world.settle()
    await giveUp(reading)
    expect(wordsTo(host)).toEqual(['created fine'])
    expect(toldOf(host, 'connection.item_skipped')).toMatchObject([{ code: 'event_unreadable', attempts: 5 }])
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', quarantined: 1 })
    world.sandbox.google.createOddEvent(address, teamId, { id, status: 'confirmed', summary: 'mended', ...times })
    await world.settle()
    expect(wordsTo(host)).toEqual(['created fine', 'created mended'])
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
    await world.sdk.calendar.redrive({ principal, connectionId: reading.connectionId })
    await world.settle()
    expect(await healthOf(reading)).toMatchObject({ quarantined: 0 })
    expect(wordsTo(host)).toHaveLength(2)
  })

  it('and is deleted is told as cancelled at most', async () => {
    const reading = await readTeam()
    const { world, host } = reading
    const id = odd(reading, { summary: 'odd' })
    await giveUp(reading)
    world.sandbox.google.createOddEvent(address, teamId, { id, status: 'cancelled' })
    await look(world, 1)
    expect(changesTo(host).every(({ kind }) => kind === 'cancelled')).toBe(true)
    expect(copyAt(host)).toEqual(new Map())
  })

  it('was good before, and what the host has stays until it is good again', async () => {
    const reading = await readTeam(['Standby'])
    const { world, host } = reading
    const id = changesTo(host)[0]?.eventId ?? ''
    odd(reading, { id, summary: 'odd' })
    await world.settle()
    await giveUp(reading)
    odd(reading, { id, summary: 'mended', ...times })
    await world.settle()
    expect(changesTo(host).map(({ kind, title }) => `${kind} ${title}`)).toEqual(['created Standby', 'moved mended'])
  })

  it('because it has no id is left out, and noted without what is in it', async () => {
    const reading = await readTeam()
    const { world, host } = reading
    const nameless = [{ summary: 'nameless' }, { id: 7 }, { id: '' }, { id: 'a b' }, { id: '"'.repeat(1024) }, { id: 'x'.repeat(1025) }]
    answerInPages(world, 100, ({ serve }) => alter(serve(), (body) => ({ ...body, items: [...nameless, ...body.items] })))
    write(world.sandbox, 'fine')
    await world.settle()
    expect(wordsTo(host)).toEqual(['created fine'])
    const noted = world.logger.lines.filter(({ event }) => event === 'calendar.event_without_id')
    expect(noted).toMatchObject([{ level: 'warn', fields: { count: 6 } }])
    expect(JSON.stringify(noted)).not.toContain('nameless')
    expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
  })

  it('does not keep the others from arriving, whatever its fields are', async () => {
    const reading = await readTeam()
    const { world, host } = reading
    const field = fc.oneof({ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) })
    const names = ['status', 'summary', 'description', 'location', 'start', 'end', 'recurrence', 'recurringEventId', 'originalStartTime']
    const more = ['attendees', 'organizer', 'updated', 'htmlLink', 'etag', 'transparency', 'extendedProperties']
    const fields = Object.fromEntries([...names, ...more].map((name) => [name, field]))
    let strange: Record<string, unknown>[] = []
    answerInPages(world, 100, ({ serve }) => alter(serve(), (body) => ({ ...body, items: [...strange, ...body.items] })))
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record(fields, { requiredKeys: [] }), { minLength: 1, maxLength: 5 }), async (resources) => {
        count += 1
        strange = resources.map((resource, index) => ({ ...resource, id: `odd${count}x${index}` }))
        write(world.sandbox, `fine ${count}`)
        await world.settle()
        expect(changesTo(host).map(({ title }) => title)).toContain(`fine ${count}`)
        expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})

describe('an answer that is odd', () => {
  it('in size, an event with 10,000 guests, arrives whole', async () => {
    const reading = await readTeam()
    const guests = Array.from({ length: 10_000 }, (_, index) => ({ email: `guest${index}@acme.test`, responseStatus: 'needsAction' }))
    odd(reading, { summary: 'Town hall', ...times, attendees: guests })
    write(reading.world.sandbox, 'fine')
    await reading.world.settle()
    const [hall] = changesTo(reading.host).filter(({ title }) => title === 'Town hall')
    expect(hall?.attendees).toHaveLength(10_000)
    expect(wordsTo(reading.host)).toEqual(['created Town hall', 'created fine'])
  })

  it('because events come twice tells each once', async () => {
    const { world, host } = await readTeam()
    answerInPages(world, 2, ({ serve }) => alter(serve(), (body) => ({ ...body, items: [...body.items, ...body.items] })))
    silence(world)
    for (const title of ['A', 'B', 'C']) write(world.sandbox, title)
    await look(world, 1)
    expect(wordsTo(host)).toEqual(['created A', 'created B', 'created C'])
  })

  it.each<[string, () => Response]>([
    ['a web page', () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } })],
    ['a web page that says it is JSON', () => new Response('<html>', { headers: { 'content-type': 'application/json' } })],
    ['half an answer', () => new Response('{"items":[{"id":"a"', { headers: { 'content-type': 'application/json' } })],
    ['nothing', () => new Response('', { headers: { 'content-type': 'application/json' } })],
    ['a list', () => Response.json([])],
    ['items that are no list', () => Response.json({ items: {}, nextSyncToken: 'EXAMPLE_token' })],
    ['items that are no events', () => Response.json({ items: ['a', null], nextSyncToken: 'EXAMPLE_token' })],
    ['a token that is no text', () => Response.json({ items: [], nextSyncToken: 7 })],
    ['an empty token', () => Response.json({ items: [], nextSyncToken: '', accessRole: 'owner' })],
  ])('because it is %s moves nothing, and is told when it stays', async (_, answer) => {
    const reading = await readTeam(['A'])
    const { world, host, connectionId } = reading
    const cursor = async () => (await world.store.syncStates.get('acme', connectionId))?.cursor
    const before = await cursor()
    let bad = true
    answerInPages(world, 100, ({ serve }) => (bad ? Promise.resolve(answer()) : serve()))
    write(world.sandbox, 'B')
    await world.settle()
    expect([await cursor(), wordsTo(host)]).toEqual([before, ['created A']])
    await look(world, 4)
    expect(await healthOf(reading)).toMatchObject({ status: 'degraded' })
    expect(await cursor()).toBe(before)
    bad = false
    await look(world, 1)
    expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
    expect(wordsTo(host)).toEqual(['created A', 'created B'])
  })
})

describe('a list that does not end', () => {
  const page = (nextPageToken?: string) => Response.json({ items: [], accessRole: 'owner', timeZone: zone, nextPageToken })

  it.each<[string, (asked: number) => string | undefined]>([
    ['repeats its page token', () => 'again'],
    ['gives neither a page nor an end', () => undefined],
  ])('because it %s is left soon, told, and read once it ends', async (_, next) => {
    const reading = await readTeam(['A'])
    const { world, host } = reading
    let bad = true
    let asked = 0
    answerInPages(world, 100, ({ url, serve }) => {
      asked += 1
      if (bad) return Promise.resolve(page(next(asked)))
      // Google knows nothing of the tokens that it gave.
      return url.searchParams.get('pageToken') === 'again'
        ? Promise.resolve(Response.json({ error: { code: 400 } }, { status: 400 }))
        : serve()
    })
    write(world.sandbox, 'B')
    await look(world, 4)
    expect(asked).toBeLessThan(30)
    expect(await healthOf(reading)).toMatchObject({ status: 'degraded', reason: 'feed_endless' })
    bad = false
    await look(world, 1)
    expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
    expect(wordsTo(host)).toEqual(['created A', 'created B'])
  })

  it('because its page tokens are ever new is left after many pages, then read one page at a time', async () => {
    const reading = await readTeam(['A'])
    const { world, host } = reading
    let asked = 0
    let pagesLeft = Infinity
    answerInPages(world, 100, ({ serve, url }) => {
      asked += 1
      pagesLeft -= 1
      if (pagesLeft > 0) return Promise.resolve(page(`token${asked}`))
      url.searchParams.delete('pageToken')
      return serve()
    })
    write(world.sandbox, 'B')
    await world.settle()
    expect(asked).toBe(10_000)
    await look(world, 4)
    expect(asked).toBeLessThan(10_030)
    expect(await healthOf(reading)).toMatchObject({ status: 'degraded', reason: 'feed_endless' })
    pagesLeft = 3
    await look(world, 3)
    expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
    expect(wordsTo(host)).toEqual(['created A', 'created B'])
    expect(callsTo(world, 'calendar.events.list').length).toBeLessThan(20)
  }, 120_000)
})
