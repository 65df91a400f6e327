import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { CalendarEvent } from '@tenantry/sdk'
import { occurrences } from '@tenantry/sdk/calendar'
import { redirectUris } from '@tenantry/sdk/model'
import type { Store } from '@tenantry/sdk/ports'
import { connectCalendar, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { startPostgres, whyNoPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { contentsOf } from './calendar-model/google-side.ts'
import { createHostCopy, stateOf } from './calendar-model/host-copy.ts'
import { mutation, play } from './calendar-model/mutations.ts'
import type { Mutation, Stage } from './calendar-model/mutations.ts'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'

const address = 'dana@acme.test'
const calendarId = 'team@group.calendar.google.com'
const zone = 'Europe/Berlin'
const day = 86_400_000

/** A host that keeps a copy of one calendar, while things happen in it. */
async function keepCopy(mutations: readonly Mutation[], options: { readonly store?: Store } = {}): Promise<void> {
  const written = new Set<string>()
  const copy = createHostCopy(written)
  let stumbles = 0
  const world = createWorld({
    ...options,
    on: {
      'calendar.changed': (event) => {
        if (stumbles > 0) {
          stumbles -= 1
          throw new Error('the host stumbles')
        }
        copy.apply(event)
      },
    },
  })
  const { sandbox } = world
  await setUpClient(world)
  sandbox.google.createCalendar(address, { summary: 'Team', id: calendarId, timeZone: zone })
  const connectionId = await connectCalendar(world, { settings: { calendarId, pastDays: 365 } })
  const host = hostOf(world, connectionId, written)
  const stage = { sandbox, address, calendarId, host, settle: world.settle, stumble: () => (stumbles += 1) }
  for (const each of mutations) await play(stage, each)
  sandbox.faults.clear()
  sandbox.google.limitChannelLife(null)
  // The host stands firm again, and somebody has it tried once more what it stumbled at five times.
  stumbles = 0
  await world.sdk.calendar.redrive({ principal, connectionId })
  await world.settle()
  // The regular look, then every retry, then another try of a pipe that was silent and its proof have their time.
  for (const minutes of [31, 16, 61, 3]) {
    await sandbox.clock.advance(minutes * 60_000)
    await world.settle()
  }
  expect(copy.contents()).toEqual(contentsOf(sandbox, address, calendarId, zone))
  expect(await timesInGoogle(world, connectionId)).toEqual(timesOf(copy.events(), windowOf(world)))
  expect(await world.sdk.calendar.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected', quarantined: 0 } })
}

/** The host writes through the sdk, and remembers which versions are its own. */
function hostOf({ sdk }: World, connectionId: string, written: Set<string>): Stage['host'] {
  const note = (event: CalendarEvent) => written.add(`${event.eventId} ${event.etag}`).add(stateOf(event))
  let writes = 0
  return {
    async create(from, to) {
      const times = { start: { dateTime: new Date(from).toISOString() }, end: { dateTime: new Date(to).toISOString() } }
      const idempotencyKey = `write-${(writes += 1)}`
      note(await sdk.calendar.events.create({ connectionId, idempotencyKey, event: { title: 'By the host', ...times } }))
    },
    async rename(eventId, title) {
      const { etag } = await sdk.calendar.events.get({ connectionId, eventId })
      const idempotencyKey = `write-${(writes += 1)}`
      note(await sdk.calendar.events.update({ connectionId, eventId, etag: etag ?? '*', idempotencyKey, changes: { title } }))
    },
  }
}

const windowOf = ({ sandbox }: World) => ({
  from: new Date(sandbox.clock.now() - 30 * day).toISOString(),
  to: new Date(sandbox.clock.now() + 120 * day).toISOString(),
})

/** When things take place, by what the host has. */
function timesOf(events: CalendarEvent[], window: ReturnType<typeof windowOf>): string[] {
  const { occurrences: told, unreadable } = occurrences(events, window)
  expect(unreadable).toEqual([])
  return told.map(({ event, start, end }) => `${start.instant} ${end.instant} ${event.title}`).toSorted()
}

/** The same by Google, which unfolds series itself. */
async function timesInGoogle(world: World, connectionId: string): Promise<string[]> {
  const { events } = await world.sdk.calendar.events.list({ connectionId, ...windowOf(world) })
  return events.map(({ start, end, title }) => `${start?.instant} ${end?.instant} ${title}`).toSorted()
}

async function setUpClient(world: World): Promise<void> {
  const { projectId } = world.sandbox.google.createProject({ publishing: 'production' })
  const { clientId, clientSecret } = world.sandbox.google.createClient({
    projectId,
    redirectUris: Object.values(redirectUris(world.sdk.baseUrl)),
  })
  const replace = (value: string) => ({ action: 'replace' as const, value })
  await world.sdk.google.save({
    principal,
    changes: { notifications: 'polling', clientId: replace(clientId), clientSecret: replace(clientSecret) },
  })
}

/** A thousand, or as many as fit into a minute; as many as are asked for, however long that takes. */
const asked = process.env['TENANTRY_MODEL_RUNS']
const runs = Number(asked ?? 1000)
const fit = asked === undefined ? { interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false } : {}
/** A channel is silent, and so is the one that takes its place: the next is opened an hour later. */
const silentTwice: Mutation[] = [
  { kind: 'wait', minutes: 3 },
  { kind: 'drop', times: 4 },
  { kind: 'hostCreate', inHours: 1 },
  { kind: 'wait', minutes: 40 },
  { kind: 'wait', minutes: 3 },
  { kind: 'wait', minutes: 3 },
]
const seed = Number(process.env['TENANTRY_MODEL_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

describe(`the host’s copy of a calendar (seed ${seed})`, () => {
  it(`is the calendar in the end, whatever happens: up to ${runs} times`, { timeout: 600_000 }, async () => {
    const happening = fc.array(mutation, { minLength: 5, maxLength: 40 })
    let held = 0
    await fc.assert(
      fc.asyncProperty(happening, async (mutations) => {
        await keepCopy(mutations)
        held += 1
      }),
      { numRuns: runs, seed, endOnFailure: false, examples: [[silentTwice]], ...fit },
    )
    console.log(`The host’s copy held ${held} times (seed ${seed}).`)
    expect(held).toBeGreaterThan(20)
  })

  it('is the calendar after 5,000 mutations in a row', { timeout: 600_000 }, async () => {
    await keepCopy(fc.sample(mutation, { numRuns: 5_000, seed }))
  })
})

const reason = whyNoPostgres()

describe.skipIf(reason !== null)(`the host’s copy, kept on PostgreSQL (seed ${seed})`, () => {
  const server = reason === null ? startPostgres() : null
  afterAll(async () => (await server)?.stop())

  it('is the calendar after 300 mutations in a row', { timeout: 600_000 }, async () => {
    const { connectionString } = (await server) ?? { connectionString: '' }
    const store = createPostgresStore({ connectionString, leaseClock: 'caller' })
    await store.migrate()
    await keepCopy(fc.sample(mutation, { numRuns: 300, seed }), { store })
    await store.close()
  })
})
