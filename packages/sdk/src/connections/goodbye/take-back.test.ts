import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../../test/journeys/create-world.ts'
import type { World } from '../../../../../test/journeys/create-world.ts'
import { connected, day, intercept, live, minute } from '../../../../../test/journeys/meddling.ts'
import {
  changesFor,
  connectCalendar,
  connectGmail,
  createGoogleApp,
  setUpGoogle,
  signIn,
  testPrincipal as principal,
} from '../../testing/index.ts'

const hour = 60 * minute
const mailbox = 'support@acme.test'
const address = 'dana@acme.test'
const identityOnly = ['openid', 'https://www.googleapis.com/auth/userinfo.email']
const replace = (value: string) => ({ action: 'replace' as const, value })

const revocations = (world: World) => world.sandbox.requests.filter(({ operation }) => operation === 'oauth.revoke')
const tokensOf = (world: World) => world.sandbox.snapshot().refreshTokens
const statusOf = async (world: World, connectionId: string) => {
  const { status, reason } = (await world.sdk.connections.get({ principal, connectionId })).health
  return reason === null ? status : `${status} ${reason}`
}

/** Whether it works for the next hours, with refreshes. */
async function lives(world: World, connectionId: string): Promise<boolean> {
  await live(world, 3 * hour, 20 * minute)
  return (await statusOf(world, connectionId)) === 'connected'
}

/** Something happens once, while Google is asked for an address. */
function during(world: World, path: string, act: () => Promise<unknown>): { readonly happened: boolean } {
  let done = false
  intercept(world, async (request, serve, { pathname }) => {
    if (done || !pathname.endsWith(path)) return serve(request)
    done = true
    await act()
    return serve(request)
  })
  return {
    get happened() {
      return done
    },
  }
}

describe('a new sign-in that is refused', () => {
  it.each(['gmail', 'calendar'] as const)('leaves the %s connection that it was for as it was', async (name) => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = name === 'gmail' ? await connectGmail(world) : await connectCalendar(world)
    const begun = await world.sdk[name].reconnect({ principal, connectionId })
    const who = name === 'gmail' ? mailbox : address
    expect(await signIn(world, begun, { address: who, scopes: identityOnly })).toMatchObject({ code: 'insufficient_scope' })
    expect(revocations(world)).toEqual([])
    expect(await lives(world, connectionId)).toBe(true)
  })

  it('is taken back where the connection has none that works', async () => {
    const world = createWorld()
    const { clientId } = await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    world.sandbox.google.revokeGrant(mailbox, clientId)
    await live(world, 2 * hour, 20 * minute)
    expect(await statusOf(world, connectionId)).toBe('needs_reauth grant_revoked')
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId })
    await signIn(world, begun, { address: mailbox, scopes: identityOnly })
    expect(tokensOf(world)).toEqual([])
  })

  it('is taken back when it is another account’s, also when Google does not answer at once', async () => {
    const { world, connectionId } = await connected()
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId })
    const outage = world.sandbox.faults.add({ operation: 'oauth.revoke', kind: 'status', status: 503 })
    expect(await signIn(world, begun, { address })).toMatchObject({ code: 'account_mismatch' })
    outage.remove()
    expect(tokensOf(world).map((token) => token.address)).toEqual([mailbox, address])
    await live(world, 5 * minute, 10_000)
    expect(tokensOf(world).map((token) => token.address)).toEqual([mailbox])
    expect(await lives(world, connectionId)).toBe(true)
  })

  it('does not end another of the same account that is under way', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const calendar = await world.sdk.calendar.connect({ principal, settings: { name: 'Van' } })
    const mail = await world.sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox } })
    during(world, '/profile', async () => {
      expect(await signIn(world, calendar, { address: mailbox, scopes: identityOnly })).toMatchObject({ code: 'insufficient_scope' })
    })
    expect(await signIn(world, mail, { address: mailbox })).toMatchObject({ outcome: 'connected' })
    expect(await lives(world, mail.connectionId)).toBe(true)
    expect(revocations(world)).toEqual([])
  })
})

describe('a sign-in that meets something else', () => {
  it('is not ended by a revocation that is tried again meanwhile', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const former = await connectCalendar(world, { address: mailbox })
    const outage = world.sandbox.faults.add({ operation: 'oauth.revoke', kind: 'status', status: 503 })
    await world.sdk.calendar.disconnect({ principal, connectionId: former })
    outage.remove()
    const begun = await world.sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox } })
    await world.sandbox.clock.advance(minute)
    const retry = during(world, '/profile', () => world.sdk.maintenance.sweep())
    expect(await signIn(world, begun, { address: mailbox })).toMatchObject({ outcome: 'connected' })
    expect(retry.happened).toBe(true)
    expect(await lives(world, begun.connectionId)).toBe(true)
    expect(await world.sdk.calendar.get({ principal, connectionId: former })).toMatchObject({ goodbye: null })
  })

  it('is not ended by what is taken back of an earlier one for the same connection, which has none that works', async () => {
    const world = createWorld()
    const { clientId } = await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    world.sandbox.google.revokeGrant(mailbox, clientId)
    await live(world, 2 * hour, 20 * minute)
    const refused = await world.sdk.gmail.reconnect({ principal, connectionId })
    const outage = world.sandbox.faults.add({ operation: 'oauth.revoke', kind: 'status', status: 503 })
    await signIn(world, refused, { address: mailbox, scopes: identityOnly })
    outage.remove()
    expect(await statusOf(world, connectionId)).toBe('needs_reauth grant_revoked')
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId })
    await world.sandbox.clock.advance(minute)
    const retry = during(world, '/profile', () => world.sdk.maintenance.sweep())
    expect(await signIn(world, begun, { address: mailbox })).toMatchObject({ outcome: 'connected' })
    expect(retry.happened).toBe(true)
    expect(await lives(world, connectionId)).toBe(true)
  })

  it.each(['/token', '/calendarList/dana%40acme.test'])('leaves the connection alive when other settings came during %s', async (path) => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = await connectCalendar(world)
    const { id: calendarId } = world.sandbox.google.createCalendar(address, { summary: 'Van' })
    const begun = await world.sdk.calendar.reconnect({ principal, connectionId })
    const change = during(world, path, () => world.sdk.calendar.update({ principal, connectionId, changes: { settings: { calendarId } } }))
    await signIn(world, begun, { address })
    expect(change.happened).toBe(true)
    expect(revocations(world)).toEqual([])
    expect(await lives(world, connectionId)).toBe(true)
  })

  it('succeeds when the grant before is refreshed in that moment', async () => {
    const { world, connectionId } = await connected()
    await world.sandbox.clock.advance(59 * minute)
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId })
    const client = await world.sdk.gmail.client({ connectionId })
    const get = world.store.tokens.get.bind(world.store.tokens)
    let once = true
    Object.assign(world.store.tokens, {
      async get(...key: Parameters<typeof get>) {
        const row = await get(...key)
        const isFirst = once
        once = false
        if (isFirst) await client.accessToken()
        return row
      },
    })
    expect(await signIn(world, begun, { address: mailbox })).toMatchObject({ outcome: 'connected' })
    expect(await lives(world, connectionId)).toBe(true)
  })

  it('is one of two for the same connection, which both succeed', async () => {
    const { world, connectionId } = await connected()
    const [first, second] = [
      await world.sdk.gmail.reconnect({ principal, connectionId }),
      await world.sdk.gmail.reconnect({ principal, connectionId }),
    ]
    const other = during(world, '/profile', () => signIn(world, second, { address: mailbox }))
    expect(await signIn(world, first, { address: mailbox })).toMatchObject({ outcome: 'connected' })
    expect(other.happened).toBe(true)
    expect(await lives(world, connectionId)).toBe(true)
  })
})

describe('where Gmail and Calendar have apps of their own', () => {
  async function separate(sameProject: boolean) {
    const world = createWorld()
    const app = await createGoogleApp(world)
    const projectId = sameProject ? app.projectId : world.sandbox.google.createProject().projectId
    const redirectUris = ['https://app.example.com/api/auth/google/calendar/callback']
    const calendar = world.sandbox.google.createClient({ projectId, redirectUris })
    const own = { calendarMode: 'separate' as const, calendarClientId: replace(calendar.clientId) }
    const changes = { ...changesFor(app), ...own, calendarClientSecret: replace(calendar.clientSecret) }
    await world.sdk.google.save({ principal, changes })
    const gmailId = await connectGmail(world, { address })
    const calendarId = await connectCalendar(world, { address })
    return { world, gmailId, calendarId }
  }
  const shared = async (world: World) =>
    (await world.sdk.connections.list({ principal })).connections.map(({ sharesSignIn }) => sharesSignIn)

  it('each gives its own access back', async () => {
    const { world, gmailId, calendarId } = await separate(false)
    expect(await shared(world)).toEqual([false, false])
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    expect(tokensOf(world)).toHaveLength(1)
    expect(await lives(world, calendarId)).toBe(true)
    await world.sdk.calendar.disconnect({ principal, connectionId: calendarId })
    expect(tokensOf(world)).toEqual([])
  })

  it('in one project the access is one, and the last gives it back', async () => {
    const { world, gmailId, calendarId } = await separate(true)
    expect(await shared(world)).toEqual([true, true])
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    expect(revocations(world)).toEqual([])
    expect(await lives(world, calendarId)).toBe(true)
    await world.sdk.calendar.disconnect({ principal, connectionId: calendarId })
    await live(world, day, hour)
    expect(revocations(world)).toHaveLength(1)
  })
})
