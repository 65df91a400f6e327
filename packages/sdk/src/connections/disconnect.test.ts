import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { day, intercept, live, minute } from '../../../../test/journeys/meddling.ts'
import type { TenantryEvent } from '../model/events.ts'
import {
  complete,
  connectCalendar,
  connectGmail,
  consent,
  createMemoryStore,
  setUpGoogle,
  signIn,
  testPrincipal as principal,
} from '../testing/index.ts'

const hour = 60 * minute

async function connected() {
  const world = createWorld()
  const setup = await setUpGoogle(world)
  const gmailId = await connectGmail(world)
  const calendarId = await connectCalendar(world)
  world.sandbox.clearRequests()
  return { world, setup, gmailId, calendarId }
}

const operations = (world: World) => world.sandbox.requests.map(({ operation }) => operation)

describe('disconnecting', () => {
  it('stops the pipe and takes the grant back, in the body and never in the address', async () => {
    const { world, gmailId, calendarId } = await connected()
    expect(await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })).toMatchObject({
      health: { status: 'disconnected', renewBy: null, signInEndsAt: null },
    })
    expect(operations(world)).toEqual(['gmail.stop', 'oauth.revoke'])
    world.sandbox.clearRequests()
    await world.sdk.calendar.disconnect({ principal, connectionId: calendarId })
    expect(operations(world)).toEqual(['calendar.channels.stop', 'oauth.revoke'])
    expect(world.sandbox.requests.some(({ url }) => url.includes('token='))).toBe(false)
    await world.settle()
    expect(world.events.filter(({ type }) => type === 'connection.disconnected')).toHaveLength(2)
  })

  it.each(['status', 'reset'] as const)('is final here even when Google fails (%s)', async (kind) => {
    const { world, gmailId } = await connected()
    world.sandbox.faults.add({ kind, ...(kind === 'status' && { status: 503 }) })
    expect(await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })).toMatchObject({
      health: { status: 'disconnected', reason: 'provider_unavailable' },
    })
    expect(await world.store.tokens.get('acme', gmailId)).toBeNull()
    world.sandbox.faults.clear()
    world.sandbox.clearRequests()
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'late', text: 'x' })
    await world.sandbox.clock.advance(2 * day)
    await world.settle()
    expect(world.sandbox.deliveries.at(-1)?.status).toBeLessThan(300)
    // Told as soon as Google answers, and asked for nothing else.
    expect(operations(world).filter((name) => name?.startsWith('gmail.'))).toEqual(['gmail.stop'])
    expect(await world.sdk.gmail.get({ principal, connectionId: gmailId })).toMatchObject({ health: { reason: null }, goodbye: null })
    expect(world.events.filter(({ type }) => type === 'message.received')).toEqual([])
  })

  it('does not end a sister that lives on the same grant', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const gmailId = await connectGmail(world, { address: 'dana@acme.test' })
    const calendarId = await connectCalendar(world)
    world.sandbox.clearRequests()
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    expect(operations(world)).not.toContain('oauth.revoke')
    await world.sandbox.clock.advance(day)
    await world.settle()
    expect(await world.sdk.calendar.get({ principal, connectionId: calendarId })).toMatchObject({ health: { status: 'connected' } })
    await world.sdk.calendar.disconnect({ principal, connectionId: calendarId })
    expect(operations(world)).toContain('oauth.revoke')
  })

  it('by two people at once ends it once, and the second is told', async () => {
    const { world, gmailId } = await connected()
    const one = { principal, connectionId: gmailId }
    const codes = await Promise.all([codeOf(world.sdk.gmail.disconnect(one)), codeOf(world.sdk.gmail.disconnect(one))])
    expect(codes.toSorted()).toEqual(['(succeeded)', 'conflict'])
    await world.settle()
    expect(await world.store.connections.get('acme', gmailId)).toMatchObject({ status: 'disconnected', generation: 2 })
    expect(world.events.filter(({ type }) => type === 'connection.disconnected')).toHaveLength(1)
  })

  it('twice is harmless, and a new sign-in brings it back', async () => {
    const { world, gmailId } = await connected()
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId: gmailId })
    expect(await complete(world, begun, consent(world, begun, { address: 'support@acme.test' }))).toMatchObject({ outcome: 'connected' })
    await world.settle()
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'back', text: 'x' })
    await world.settle()
    expect(world.events.filter(({ type }) => type === 'message.received')).toHaveLength(1)
  })

  it('twice, before the host was told, tells it all the same', async () => {
    const { world, gmailId } = await connected()
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    await world.settle()
    expect(world.events.filter(({ type }) => type === 'connection.disconnected')).toHaveLength(1)
  })

  it('wins over a sign-in that began before: nothing of that is kept', async () => {
    const { world, gmailId } = await connected()
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId: gmailId })
    const redirect = consent(world, begun, { address: 'support@acme.test' })
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    expect(await complete(world, begun, redirect)).toMatchObject({ outcome: 'failed' })
    expect(await world.store.tokens.get('acme', gmailId)).toBeNull()
  })

  it('wins over a sign-in whose code is being spent: its grant is taken back', async () => {
    const { world, gmailId } = await connected()
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId: gmailId })
    const redirect = consent(world, begun, { address: 'support@acme.test' })
    const serve = world.sandbox.fetch
    let meanwhile = true
    Object.assign(world.sandbox, {
      fetch: async (request: Request) => {
        const response = await serve(request)
        if (meanwhile && request.url.endsWith('/token')) {
          meanwhile = false
          await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
          world.sandbox.clearRequests()
        }
        return response
      },
    })
    expect(await complete(world, begun, redirect)).toMatchObject({ outcome: 'failed', code: 'not_found' })
    expect(meanwhile).toBe(false)
    expect(operations(world)).toContain('oauth.revoke')
    expect(await world.store.tokens.get('acme', gmailId)).toBeNull()
    await world.settle()
    expect(await world.sdk.gmail.get({ principal, connectionId: gmailId })).toMatchObject({ health: { status: 'disconnected' } })
  })
})

describe('removing', () => {
  it('ends it first and leaves nothing behind', async () => {
    const { world, gmailId } = await connected()
    expect(await world.sdk.gmail.remove({ principal, connectionId: gmailId })).toEqual({ removed: true })
    expect(operations(world)).toEqual(['gmail.stop', 'oauth.revoke'])
    expect(await codeOf(world.sdk.gmail.get({ principal, connectionId: gmailId }))).toBe('not_found')
    expect(await world.store.tokens.get('acme', gmailId)).toBeNull()
    expect(await world.store.subscriptions.list('acme', gmailId)).toEqual([])
    await world.sandbox.clock.advance(day)
    await world.settle()
  })
})

describe('removing, and the host', () => {
  /** One that takes nothing while it is down. */
  async function withHost() {
    const store = createMemoryStore()
    const told: string[] = []
    let isDown = false
    const hear = ({ type }: TenantryEvent) => {
      if (isDown) throw new Error('EXAMPLE_handler')
      told.push(type)
    }
    const world = createWorld({ store, on: { 'connection.disconnected': hear, 'message.received': hear } })
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    const left = () => store.rows('outbox').filter((row) => JSON.stringify(row).includes(connectionId))
    return { world, store, connectionId, told, left, setDown: (down: boolean) => (isDown = down) }
  }

  it('is told of the end, once, and nothing is left of it a month later', async () => {
    const { world, store, connectionId, told, left } = await withHost()
    const wakes = world.jobs.wakes
    await world.sdk.gmail.remove({ principal, connectionId })
    expect(world.jobs.wakes).toBeGreaterThan(wakes)
    await world.settle()
    expect(told).toEqual(['connection.disconnected'])
    expect(await store.tasks.get('acme', connectionId, 'deliver')).toBeNull()
    await live(world, 37 * day, day)
    expect(told).toHaveLength(1)
    expect(left()).toEqual([])
  })

  it('is told of it later, when it is down at that time', async () => {
    const { world, connectionId, told, setDown } = await withHost()
    setDown(true)
    await world.sdk.gmail.remove({ principal, connectionId })
    await live(world, hour, minute)
    setDown(false)
    await live(world, 15 * minute, minute)
    expect(told).toEqual(['connection.disconnected'])
  })

  it('is told of an end that it was not told of before', async () => {
    const { world, connectionId, told } = await withHost()
    await world.sdk.gmail.disconnect({ principal, connectionId })
    await world.sdk.gmail.remove({ principal, connectionId })
    await world.settle()
    expect(told).toEqual(['connection.disconnected'])
  })

  it('is told of no mail that it did not have yet', async () => {
    const { world, connectionId, told } = await withHost()
    world.sandbox.google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject: 'waits', text: 'x' })
    await world.sandbox.clock.advance(1_000)
    await world.sdk.maintenance.sweep({ maxItems: 1 })
    expect(await world.store.outbox.count('acme', connectionId, 'pending')).toBe(1)
    await world.sdk.gmail.remove({ principal, connectionId })
    await world.settle()
    expect(told).toEqual(['connection.disconnected'])
  })

  it('that never takes it is not asked for ever', async () => {
    const { world, store, connectionId, told, left, setDown } = await withHost()
    setDown(true)
    await world.sdk.gmail.remove({ principal, connectionId })
    await live(world, 5.2 * day, 15 * minute)
    setDown(false)
    await live(world, hour, minute)
    expect(told).toEqual([])
    expect(await store.tasks.get('acme', connectionId, 'deliver')).toBeNull()
    expect(world.logger.lines.filter(({ event }) => event === 'event.dropped')).toMatchObject([
      { level: 'error', fields: { connectionId, type: 'connection.disconnected' } },
    ])
    await live(world, 36 * day, day)
    expect(left()).toEqual([])
  })

  it('keeps nothing of a tenant that is deleted', async () => {
    const { world, store, connectionId, told, left } = await withHost()
    await world.sdk.gmail.remove({ principal, connectionId })
    expect(left()).toHaveLength(1)
    await world.sdk.tenants.delete({ tenantId: 'acme' })
    expect(left()).toEqual([])
    await live(world, hour, minute)
    expect(told).toEqual([])
    expect(await store.tasks.nextDueAt()).toBeNull()
  })

  it('keeps a connection that somebody signed in to again meanwhile', async () => {
    const { world, connectionId, told } = await withHost()
    let again = true
    intercept(world, async (request, serve, { pathname }) => {
      if (again && pathname.endsWith('/stop')) {
        again = false
        const begun = await world.sdk.gmail.reconnect({ principal, connectionId })
        expect(await signIn(world, begun, { address: 'support@acme.test' })).toMatchObject({ outcome: 'connected' })
      }
      return serve(request)
    })
    expect(await codeOf(world.sdk.gmail.remove({ principal, connectionId }))).toBe('conflict')
    expect(again).toBe(false)
    await live(world, hour, minute)
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected' } })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject: 'back', text: 'x' })
    await live(world, minute, 10_000)
    expect(told).toEqual(['connection.disconnected', 'message.received'])
  })

  it('removes one that is gone already without a second line in the audit log', async () => {
    const { world, store, connectionId } = await withHost()
    let again = true
    intercept(world, async (request, serve, { pathname }) => {
      if (again && pathname.endsWith('/stop')) {
        again = false
        expect(await world.sdk.gmail.remove({ principal, connectionId })).toEqual({ removed: true })
      }
      return serve(request)
    })
    expect(await world.sdk.gmail.remove({ principal, connectionId })).toEqual({ removed: true })
    expect(store.rows('audit').filter((line) => JSON.stringify(line).includes('connection.removed'))).toHaveLength(1)
  })
})

describe('a reset', () => {
  it('ends every connection of the tenant, of no other, and keeps or forgets the app', async () => {
    const { world, gmailId, calendarId } = await connected()
    const globex = { tenantId: 'globex', userId: 'gail' }
    world.sandbox.google.createAccount({ address: 'help@globex.test' })
    await setUpGoogle(world, { principal: globex })
    const other = await connectGmail(world, { principal: globex, address: 'help@globex.test' })
    expect(await world.sdk.google.reset({ principal })).toMatchObject({
      disconnected: 2,
      remotePending: [],
      status: { state: 'configured', connections: { gmail: 0, calendar: 0 } },
    })
    for (const connectionId of [gmailId, calendarId])
      expect(await world.sdk.connections.get({ principal, connectionId })).toMatchObject({ health: { status: 'disconnected' } })
    expect(await world.sdk.google.reset({ principal, credentials: 'delete' })).toMatchObject({
      disconnected: 0,
      status: { state: 'missing', version: null },
    })
    expect(await world.sdk.gmail.get({ principal: globex, connectionId: other })).toMatchObject({ health: { status: 'connected' } })
    expect(await world.sdk.google.status({ principal: globex })).toMatchObject({ state: 'configured' })
  })

  it('names the connections whose provider could not be told', async () => {
    const { world, gmailId } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.stop', kind: 'status', status: 503 })
    expect(await world.sdk.google.reset({ principal })).toMatchObject({
      disconnected: 2,
      remotePending: [{ connectionId: gmailId, name: 'Support' }],
    })
    expect(await world.sdk.gmail.get({ principal, connectionId: gmailId })).toMatchObject({ health: { status: 'disconnected' } })
  })
})
