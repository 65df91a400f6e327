import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { eventsOf, live, minute } from '../../../../test/journeys/meddling.ts'
import { redirectUris } from '../model/addresses.ts'
import {
  complete,
  connectCalendar,
  connectGmail,
  consent,
  createMemoryStore,
  setUpGoogle,
  testPrincipal as principal,
} from '../testing/index.ts'
import type { GoogleSetup } from '../testing/index.ts'
import type { GoogleChanges } from '../wire/index.ts'

const hour = 60 * minute
const replace = (value: string) => ({ action: 'replace' as const, value })

/** A mailbox and a calendar on one app. */
async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  const gmailId = await connectGmail(world)
  const calendarId = await connectCalendar(world)
  return { world, setup, gmailId, calendarId }
}

/** Another OAuth client in the same project, as what to save. */
function anotherClient(world: World, { projectId }: GoogleSetup): { clientId: string; clientSecret: string } {
  return world.sandbox.google.createClient({ projectId, redirectUris: Object.values(redirectUris(world.sdk.baseUrl)) })
}

const separate = (client: { clientId: string; clientSecret: string }): GoogleChanges => ({
  calendarMode: 'separate',
  calendarClientId: replace(client.clientId),
  calendarClientSecret: replace(client.clientSecret),
})

const stateOf = async (world: World, connectionId: string) => {
  const { status, reason } = (await world.sdk.connections.get({ principal, connectionId })).health
  return reason === null ? status : `${status} ${reason}`
}

const save = (world: World, changes: GoogleChanges) => world.sdk.google.save({ principal, changes })

describe('connections whose client came back', () => {
  it('are connected again without a sign-in, and live on', async () => {
    const { world, setup, calendarId } = await connected()
    await save(world, separate(anotherClient(world, setup)))
    expect(await stateOf(world, calendarId)).toBe('needs_reauth app_changed')
    await save(world, separate(anotherClient(world, setup)))
    expect(await stateOf(world, calendarId)).toBe('needs_reauth app_changed')
    // Looking closer does not make it forget which client that was.
    await world.sdk.calendar.diagnose({ principal, connectionId: calendarId })
    await save(world, { calendarMode: 'shared' })
    expect(await stateOf(world, calendarId)).toBe('connected')
    await live(world, 3 * hour, 30 * minute)
    expect(await stateOf(world, calendarId)).toBe('connected')
    expect(eventsOf(world, 'connection.needs_reauth')).toHaveLength(1)
  })

  it('stay as they are when their sign-in died of something else', async () => {
    const { world, setup, calendarId } = await connected()
    world.sandbox.google.revokeGrant('dana@acme.test', setup.clientId)
    await live(world, 2 * hour, 30 * minute)
    await save(world, separate(anotherClient(world, setup)))
    await save(world, { calendarMode: 'shared' })
    expect(await stateOf(world, calendarId)).toBe('needs_reauth grant_revoked')
  })
})

describe('connections that are not asked', () => {
  it('are those that a person paused or ended; a paused one finds out when it is resumed', async () => {
    const { world, setup, gmailId, calendarId } = await connected()
    await world.sdk.calendar.update({ principal, connectionId: calendarId, changes: { paused: true } })
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    const client = anotherClient(world, setup)
    await save(world, { clientId: replace(client.clientId), clientSecret: replace(client.clientSecret) })
    expect([await stateOf(world, gmailId), await stateOf(world, calendarId)]).toEqual(['disconnected', 'paused'])
    await live(world, 2 * hour, 30 * minute)
    await world.sdk.calendar.update({ principal, connectionId: calendarId, changes: { paused: false } })
    await world.settle()
    expect(await stateOf(world, calendarId)).toBe('needs_reauth app_changed')
  })

  it('are those of another tenant', async () => {
    const { world, setup, calendarId } = await connected()
    const gail = { tenantId: 'globex', userId: 'gail' }
    const theirs = await setUpGoogle(world, { principal: gail })
    await world.sdk.google.save({ principal: gail, changes: separate(anotherClient(world, theirs)) })
    expect(await stateOf(world, calendarId)).toBe('connected')
    expect(setup.clientId).not.toBe(theirs.clientId)
  })

  it('are those whose app is incomplete or wrong: nothing was asked of the person yet', async () => {
    const { world, gmailId, calendarId } = await connected()
    await save(world, { calendarMode: 'separate' })
    expect([await stateOf(world, gmailId), await stateOf(world, calendarId)]).toEqual(['connected', 'connected'])
    expect(await codeOf(save(world, { clientId: replace('nonsense') }))).not.toBe('(succeeded)')
    await live(world, 2 * hour, 30 * minute)
    expect([await stateOf(world, gmailId), await stateOf(world, calendarId)]).toEqual(['connected', 'not_configured google_not_configured'])
  })
})

describe('what the save did not reach', () => {
  it('asks when the missing client turns out to be another', async () => {
    const { world, setup, calendarId } = await connected()
    await save(world, { calendarMode: 'separate' })
    await live(world, 2 * hour, 30 * minute)
    await save(world, separate(anotherClient(world, setup)))
    await world.settle()
    expect(await stateOf(world, calendarId)).toBe('needs_reauth app_changed')
  })

  it('goes on when the missing client turns out to be the same', async () => {
    const { world, setup, calendarId } = await connected()
    await save(world, { calendarMode: 'separate' })
    await live(world, 2 * hour, 30 * minute)
    await save(world, separate(setup))
    await live(world, 2 * hour, 30 * minute)
    expect(await stateOf(world, calendarId)).toBe('connected')
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  })

  it('is found at the next refresh when the save broke off after it was stored', async () => {
    const store = createMemoryStore()
    const { world, setup, gmailId, calendarId } = await connected({ store })
    const list = store.connections.list.bind(store.connections)
    Object.assign(store.connections, { list: () => Promise.reject(new Error('the process died')) })
    await expect(save(world, separate(anotherClient(world, setup)))).rejects.toThrow('the process died')
    Object.assign(store.connections, { list })
    expect(await stateOf(world, calendarId)).toBe('connected')
    await live(world, 2 * hour, 30 * minute)
    expect(await stateOf(world, calendarId)).toBe('needs_reauth app_changed')
    expect(await stateOf(world, gmailId)).toBe('connected')
    expect(eventsOf(world, 'connection.needs_reauth')).toMatchObject([{ connectionId: calendarId, reason: 'app_changed' }])
  })

  it('tells a sign-in that was revoked after a secret was rotated from one of another client', async () => {
    const { world, setup, calendarId } = await connected()
    await save(world, { clientSecret: replace(world.sandbox.google.rotateSecret(setup.clientId)) })
    world.sandbox.google.revokeGrant('dana@acme.test', setup.clientId)
    await live(world, 2 * hour, 30 * minute)
    expect(await stateOf(world, calendarId)).toBe('needs_reauth grant_revoked')
  })

  it('is a sign-in under way: it ends with a conflict and the next one is with the new client', async () => {
    const { world, setup, calendarId } = await connected()
    const begun = await world.sdk.calendar.reconnect({ principal, connectionId: calendarId })
    const redirectTo = consent(world, begun, { address: 'dana@acme.test' })
    const client = anotherClient(world, setup)
    await save(world, separate(client))
    expect(await complete(world, begun, redirectTo)).toMatchObject({ outcome: 'failed', code: 'conflict' })
    const next = await world.sdk.calendar.reconnect({ principal, connectionId: calendarId })
    expect(new URL(next.authorizationUrl).searchParams.get('client_id')).toBe(client.clientId)
    expect(await complete(world, next, consent(world, next, { address: 'dana@acme.test' }))).toMatchObject({ outcome: 'connected' })
    expect(await stateOf(world, calendarId)).toBe('connected')
  })
})

describe('after any saves and sign-ins', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('mail' as const), client: fc.nat(2) }),
    fc.record({ kind: fc.constant('calendar' as const), client: fc.nat(2) }),
    fc.record({ kind: fc.constant('mode' as const), calendarMode: fc.constantFrom('shared' as const, 'separate' as const) }),
    fc.record({ kind: fc.constant('rotate' as const), client: fc.nat(2) }),
    fc.record({ kind: fc.constant('reconnect' as const) }),
  )

  it('a calendar asks if, and only if, its sign-in was made with another client than its app has now', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { world, setup, calendarId } = await connected()
        const clients = [setup, anotherClient(world, setup), anotherClient(world, setup)].map((client) => ({ ...client }))
        const own = (at: number): { clientId: string; clientSecret: string } => clients[at] ?? setup
        let { mail, calendar, separated, made } = { mail: 0, calendar: 1, separated: false, made: 0 }
        await save(world, { ...separate(own(1)), calendarMode: 'shared' })
        for (const next of steps) {
          if (next.kind === 'mail') mail = next.client
          if (next.kind === 'calendar') calendar = next.client
          if (next.kind === 'mode') separated = next.calendarMode === 'separate'
          if (next.kind === 'rotate') own(next.client).clientSecret = world.sandbox.google.rotateSecret(own(next.client).clientId)
          if (next.kind === 'reconnect') {
            const begun = await world.sdk.calendar.reconnect({ principal, connectionId: calendarId })
            await complete(world, begun, consent(world, begun, { address: 'dana@acme.test' }))
            made = separated ? calendar : mail
          } else {
            const { clientId, clientSecret } = own(mail)
            const mailApp = { clientId: replace(clientId), clientSecret: replace(clientSecret) }
            await save(world, { ...mailApp, ...separate(own(calendar)), calendarMode: separated ? 'separate' : 'shared' })
          }
          const present = separated ? calendar : mail
          expect(await stateOf(world, calendarId)).toBe(made === present ? 'connected' : 'needs_reauth app_changed')
        }
        // And Google agrees: what is called connected refreshes.
        await live(world, 2 * hour, 30 * minute)
        expect(await stateOf(world, calendarId)).toBe(made === (separated ? calendar : mail) ? 'connected' : 'needs_reauth app_changed')
      }),
      { numRuns: 10 },
    )
  }, 90_000)
})
