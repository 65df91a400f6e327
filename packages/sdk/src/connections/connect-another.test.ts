import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { eventsOf, intercept } from '../../../../test/journeys/meddling.ts'
import type { Principal } from '../model/principal.ts'
import type { Authorize } from '../ports/index.ts'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const hour = 60 * 60_000

/** Dana's main calendar, connected, and another one of hers. */
async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  const { id: calendarId } = world.sandbox.google.createCalendar('dana@acme.test', { summary: 'Van' })
  const connectionId = await connectCalendar(world)
  const another = (settings: Readonly<Record<string, unknown>> = { name: 'Van', calendarId }, who: Principal = principal) =>
    world.sdk.calendar.connectAnother({ principal: who, connectionId, settings })
  return { world, setup, connectionId, calendarId, another }
}

const healthOf = async (world: World, connectionId: string) => (await world.sdk.calendar.get({ principal, connectionId })).health
const tokenOf = async (world: World, connectionId: string) => (await world.sdk.calendar.client({ principal, connectionId })).accessToken()

describe('another calendar on the same sign-in', () => {
  it('is connected and watched without anybody signing in, and its changes arrive', async () => {
    const { world, connectionId, calendarId, another } = await connected()
    world.sandbox.clearRequests()
    const made = await another()
    expect(made).toMatchObject({
      provider: 'google-calendar',
      name: 'Van',
      address: 'dana@acme.test',
      owner: { userId: 'dana', name: 'Dana' },
      settings: { calendarId },
      health: { status: 'connected', reason: null },
    })
    await world.settle()
    expect(world.sandbox.requests.filter(({ operation }) => operation.startsWith('oauth.'))).toEqual([])
    expect(world.events.filter(({ type, connectionId: of }) => type === 'connection.connected' && of === made.id)).toHaveLength(1)
    expect((await world.sdk.calendar.list({ principal })).connections.map(({ id }) => id).toSorted()).toEqual(
      [connectionId, made.id].toSorted(),
    )
    const now = world.sandbox.clock.now()
    world.sandbox.google.createEvent('dana@acme.test', calendarId, { summary: 'Oil change', start: now + hour, end: now + 2 * hour })
    await world.settle()
    expect(eventsOf(world, 'calendar.changed').map((event) => [event.connectionId, event.change.title])).toContainEqual([
      made.id,
      'Oil change',
    ])
  })

  it('has tokens of its own: sealed for it alone, refreshed by itself', async () => {
    const { world, connectionId, another } = await connected()
    const { id } = await another()
    await world.settle()
    const [first, second] = await Promise.all([world.store.tokens.get('acme', connectionId), world.store.tokens.get('acme', id)])
    expect(second?.sealedRefresh).not.toBe(first?.sealedRefresh)
    expect(second).toMatchObject({ version: 1, grantedAt: first?.grantedAt })
    if (first === null) throw new Error('there is no grant')
    await world.sandbox.clock.advance(hour)
    expect(await tokenOf(world, id)).not.toBe(await tokenOf(world, connectionId))
    // A row of the one does not open as a row of the other.
    await world.store.tokens.put({ ...first, connectionId: id, version: 9 })
    await world.sandbox.clock.advance(hour)
    expect(await codeOf(tokenOf(world, id))).toBe('secrets_unreadable')
  })

  it('outlives the first one, and the last to go takes the sign-in back', async () => {
    const { world, connectionId, another } = await connected()
    const { id } = await another()
    await world.settle()
    const revoked = () => world.sandbox.requests.filter(({ operation }) => operation === 'oauth.revoke').length
    await world.sdk.calendar.disconnect({ principal, connectionId })
    expect(revoked()).toBe(0)
    await world.sandbox.clock.advance(hour)
    await world.settle()
    expect(await healthOf(world, id)).toMatchObject({ status: 'connected' })
    await world.sdk.calendar.disconnect({ principal, connectionId: id })
    expect(revoked()).toBe(1)
  })

  it('is one that the account does not have: the connection says so, and the first is left alone', async () => {
    const { world, connectionId, another } = await connected()
    const made = await another({ name: 'Gone', calendarId: 'gone@group.calendar.google.com' })
    expect(made.health).toMatchObject({ status: 'error', reason: 'calendar_not_found' })
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected' })
  })
})

describe('another connection is refused', () => {
  const count = async (world: World) => (await world.store.connections.list('acme')).length

  it.each([
    ['the same calendar again', { name: 'Twin', calendarId: 'primary' }, 'connection_exists'],
    ['the same calendar by its other name', { name: 'Twin', calendarId: 'dana@acme.test' }, 'connection_exists'],
    ['no name', { calendarId: 'x@acme.test' }, 'name_invalid'],
    ['a setting that is wrong', { name: 'Van', calendarId: 7 }, 'invalid_input'],
    ['a setting that the provider does not know', { name: 'Van', ownerUserId: 'erik' }, 'invalid_input'],
  ])('for %s', async (_, settings, code) => {
    const { world, another } = await connected()
    expect(await codeOf(another(settings))).toBe(code)
    expect(await count(world)).toBe(1)
  })

  it('twice at once for one calendar: one is made', async () => {
    const { world, another } = await connected()
    expect((await Promise.all([codeOf(another()), codeOf(another())])).toSorted()).toEqual(['(succeeded)', 'connection_exists'])
    expect(await count(world)).toBe(2)
  })

  it('for a mailbox, which an account has one of', async () => {
    const { world } = await connected()
    const connectionId = await connectGmail(world)
    const settings = { name: 'Again', mailbox: 'support@acme.test' }
    expect(await codeOf(world.sdk.gmail.connectAnother({ principal, connectionId, settings }))).toBe('connection_exists')
  })

  it('on a sign-in that is dead, with its reason', async () => {
    const { world, setup, connectionId, another } = await connected()
    world.sandbox.google.revokeGrant('dana@acme.test', setup.clientId)
    await world.sandbox.clock.advance(hour)
    // Found out by this very call; believed when it is said again a while later.
    expect(await codeOf(another())).toBe('provider_unavailable')
    await world.sandbox.clock.advance(12_000)
    expect(await codeOf(another())).toBe('grant_revoked')
    expect(await codeOf(another())).toBe('grant_revoked')
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'needs_reauth' })
    expect(await count(world)).toBe(1)
  })

  it('on one that was disconnected, or paused', async () => {
    const { world, connectionId, another } = await connected()
    await world.sdk.calendar.update({ principal, connectionId, changes: { paused: true } })
    expect(await codeOf(another())).toBe('conflict')
    await world.sdk.calendar.disconnect({ principal, connectionId })
    expect(await codeOf(another())).toBe('conflict')
    expect(await count(world)).toBe(1)
  })

  it('when the first one is ended while its grant is read', async () => {
    const { world, connectionId, another } = await connected()
    let ended = false
    intercept(world, async (request, serve, { pathname }) => {
      const response = await serve(request)
      if (!ended && pathname.includes('/calendar/v3/')) {
        ended = true
        await world.sdk.calendar.disconnect({ principal, connectionId })
      }
      return response
    })
    expect(await codeOf(another())).toBe('conflict')
    expect(await count(world)).toBe(1)
  })

  it('for another tenant and for people who may not, who learn nothing', async () => {
    const authorize: Authorize = ({ principal: { userId }, action, connection }) =>
      userId === 'dana' ||
      (userId === 'olga' && action === 'connection.read') ||
      (userId === 'rita' && action !== 'connection.connect') ||
      (userId === 'tom' && (connection === null || connection.ownerUserId === 'tom'))
    const { world, another } = await connected({ authorize })
    const as = (userId: string, tenantId = 'acme') => codeOf(another(undefined, { tenantId, userId }))
    expect(await as('dana', 'globex')).toBe('not_found')
    expect(await as('tom')).toBe('not_found')
    expect(await as('olga')).toBe('forbidden')
    expect(await as('rita')).toBe('forbidden')
    expect(await as('nobody')).toBe('forbidden')
    expect(await count(world)).toBe(1)
  })

  it('is the owner’s also when an admin makes it', async () => {
    const { another } = await connected()
    expect((await another(undefined, { tenantId: 'acme', userId: 'ada', displayName: 'Ada' })).owner).toEqual({
      userId: 'dana',
      name: 'Dana',
    })
  })
})
