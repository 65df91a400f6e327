import { describe, expect, it } from 'vitest'
import { createClient } from '@tenantry/sdk/client'
import { redirectUris } from '@tenantry/sdk/model'
import { connectCalendar, connectGmail, setUpGoogle, signIn, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { GoogleSetup } from '@tenantry/sdk/testing'
import type { GoogleChanges } from '@tenantry/sdk/wire'
import { createHandler } from '@tenantry/server-adapters/http'
import { createWorld, start } from './create-world.ts'
import type { World } from './create-world.ts'
import { eventsOf, live, minute } from './meddling.ts'
import { hour, mail, subjects } from './watching.ts'

const dana = 'dana@acme.test'
const support = 'support@acme.test'

type Client = Pick<GoogleSetup, 'clientId' | 'clientSecret'>

const replace = (value: string) => ({ action: 'replace' as const, value })
const mailApp = ({ clientId, clientSecret }: Client): GoogleChanges => ({
  clientId: replace(clientId),
  clientSecret: replace(clientSecret),
})
const separate = ({ clientId, clientSecret }: Client): GoogleChanges => ({
  calendarMode: 'separate',
  calendarClientId: replace(clientId),
  calendarClientSecret: replace(clientSecret),
})

/** Two mailboxes and two calendars of one tenant, at rest. */
async function connected(changes?: (world: World) => GoogleChanges) {
  const world = createWorld()
  const setup = await setUpGoogle(world)
  if (changes !== undefined) await world.sdk.google.save({ principal, changes: changes(world) })
  world.sandbox.google.createAccount({ address: 'sales@acme.test' })
  world.sandbox.google.createAccount({ address: 'erik@acme.test' })
  const gmail = [await connectGmail(world), await connectGmail(world, { address: 'sales@acme.test', name: 'Sales' })]
  const calendar = [await connectCalendar(world), await connectCalendar(world, { address: 'erik@acme.test', name: 'Erik' })]
  return { world, setup, gmail, calendar, all: [...gmail, ...calendar] }
}

function newClient(world: World, projectId = world.sandbox.google.createProject().projectId): Client {
  return world.sandbox.google.createClient({ projectId, redirectUris: Object.values(redirectUris(world.sdk.baseUrl)) })
}

const save = (world: World, changes: GoogleChanges) => world.sdk.google.save({ principal, changes })

async function statuses(world: World, ids: readonly string[]): Promise<string[]> {
  const found = await Promise.all(ids.map((connectionId) => world.sdk.connections.get({ principal, connectionId })))
  return found.map(({ health: { status, reason } }) => (reason === null ? status : `${status} ${reason}`))
}

/** Who was asked to sign in again, once for each time. */
const asked = (world: World) =>
  world.events
    .filter(({ type }) => type === 'connection.needs_reauth')
    .map(({ connectionId }) => connectionId)
    .toSorted()

async function reconnect(world: World, connectionId: string, address: string): Promise<void> {
  const begun = await world.sdk.connections.reconnect({ principal, connectionId })
  expect(await signIn(world, begun, { address })).toMatchObject({ outcome: 'connected' })
  await world.settle()
}

const both = <T>(value: T): T[] => [value, value]

describe('another app asks the connections that it serves, and nobody else', () => {
  it('from shared to separate: the calendars', async () => {
    const { world, gmail, calendar, all } = await connected()
    await save(world, separate(newClient(world)))
    await world.settle()
    expect(asked(world)).toEqual(calendar.toSorted())
    expect(await statuses(world, gmail)).toEqual(both('connected'))
    expect(await statuses(world, calendar)).toEqual(both('needs_reauth app_changed'))
    // And it stays at that: no other is asked later, none is asked twice.
    await live(world, 3 * hour, 30 * minute)
    expect(asked(world)).toEqual(calendar.toSorted())
    expect(await statuses(world, all)).toEqual([...both('connected'), ...both('needs_reauth app_changed')])
  })

  it('from separate to shared: the calendars', async () => {
    const { world, gmail, calendar } = await connected((at) => separate(newClient(at)))
    await save(world, { calendarMode: 'shared' })
    await live(world, 3 * hour, 30 * minute)
    expect(asked(world)).toEqual(calendar.toSorted())
    expect(await statuses(world, gmail)).toEqual(both('connected'))
  })

  it('another client for mail while the calendar has its own: the mailboxes', async () => {
    const { world, gmail, calendar } = await connected((at) => separate(newClient(at)))
    await save(world, mailApp(newClient(world)))
    await live(world, 3 * hour, 30 * minute)
    expect(asked(world)).toEqual(gmail.toSorted())
    expect(await statuses(world, calendar)).toEqual(both('connected'))
  })

  it('another client for mail that the calendar shares: all of them', async () => {
    const { world, all } = await connected()
    await save(world, mailApp(newClient(world)))
    await world.settle()
    expect(asked(world)).toEqual(all.toSorted())
  })

  it.each([
    [
      'a rotated secret',
      (world: World, setup: GoogleSetup) => ({ clientSecret: replace(world.sandbox.google.rotateSecret(setup.clientId)) }),
    ],
    ['the same client saved again', (_: World, setup: GoogleSetup) => mailApp(setup)],
    ['the same client as the calendar’s own', (_: World, setup: GoogleSetup) => separate(setup)],
    [
      'a client for a calendar that shares the other',
      (world: World) => ({ ...separate(newClient(world)), calendarMode: 'shared' as const }),
    ],
    ['another way to be notified', () => ({ notifications: 'polling' as const })],
  ])('%s: nobody', async (_, changes) => {
    const { world, setup, all } = await connected()
    await save(world, changes(world, setup))
    await live(world, 3 * hour, 30 * minute)
    expect(asked(world)).toEqual([])
    expect(await statuses(world, all)).toEqual([...both('connected'), ...both('connected')])
  })
})

describe('a new sign-in with the new app', () => {
  it('goes on where a calendar stood: what happened meanwhile arrives, each once', async () => {
    const { world, calendar } = await connected()
    const [connectionId = ''] = calendar
    const { google } = world.sandbox
    const add = (summary: string) => google.createEvent(dana, 'primary', { summary, start: start + 9 * hour, end: start + 10 * hour }).id
    const ids = { kept: add('kept'), changed: add('changed'), gone: add('gone') }
    await world.settle()
    await save(world, separate(newClient(world)))
    world.events.splice(0)
    await live(world, 2 * hour, 30 * minute)
    google.updateEvent(dana, 'primary', ids.changed, { summary: 'changed again' })
    google.cancelEvent(dana, 'primary', ids.gone)
    add('new')
    await live(world, hour, 30 * minute)
    expect(eventsOf(world, 'calendar.changed')).toEqual([])
    await reconnect(world, connectionId, dana)
    add('later')
    await live(world, 3 * hour, 15 * minute)
    expect(await statuses(world, [connectionId])).toEqual(['connected'])
    expect(
      eventsOf(world, 'calendar.changed')
        .map(({ change }) => [change.kind, change.kind === 'cancelled' ? change.eventId === ids.gone : change.title])
        .toSorted(),
    ).toEqual([
      ['cancelled', true],
      ['created', 'later'],
      ['created', 'new'],
      ['updated', 'changed again'],
    ])
    expect(eventsOf(world, 'connection.gap_recovered')).toEqual([])
  })

  it('goes on where a mailbox stood', async () => {
    const { world, setup, gmail } = await connected((at) => separate(newClient(at)))
    const [connectionId = ''] = gmail
    world.sandbox.google.deliverMail(support, mail('before'))
    await world.settle()
    await save(world, mailApp(newClient(world, setup.projectId)))
    world.sandbox.google.deliverMail(support, mail('meanwhile'))
    await live(world, 2 * hour, 30 * minute)
    expect(subjects(world)).toEqual(['before'])
    await reconnect(world, connectionId, support)
    world.sandbox.google.deliverMail(support, mail('after'))
    await live(world, hour, 15 * minute)
    expect(subjects(world).toSorted()).toEqual(['after', 'before', 'meanwhile'])
    expect(await statuses(world, [connectionId])).toEqual(['connected'])
  })
})

describe('over HTTP', () => {
  it('the list shows who has to sign in, why, and what to do, and no client id', async () => {
    const { world } = await connected()
    const answers: string[] = []
    const handler = createHandler(world.sdk, { identify: () => principal, logger: world.logger })
    const origin = world.sdk.baseUrl
    const client = createClient({
      origin,
      fetch: async (url, init) => {
        const response = await handler(new Request(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), origin } }))
        answers.push(await response.clone().text())
        return response
      },
    })
    const own = newClient(world)
    expect(await client.google.save(separate(own))).toMatchObject({ calendarMode: 'separate', missing: [] })
    const listed = await client.connections.list()
    expect(listed.map(({ provider, health: { status, reason } }) => [provider, status, reason]).toSorted()).toEqual([
      ...both(['gmail', 'connected', null]),
      ...both(['google-calendar', 'needs_reauth', 'app_changed']),
    ])
    expect(answers.join('')).not.toContain(own.clientId)
    expect(answers.join('')).not.toContain(own.clientSecret)
    const { id = '' } = listed.find(({ provider }) => provider === 'google-calendar') ?? {}
    const { authorizationUrl } = await client.connections.reconnect(id)
    expect(new URL(authorizationUrl).searchParams.get('client_id')).toBe(own.clientId)
  })
})
