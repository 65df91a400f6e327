import { describe, expect, it } from 'vitest'
import type { CalendarChanged } from '@tenantry/sdk'
import { connectCalendar, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createWorld } from '../create-world.ts'
import type { World } from '../create-world.ts'

const address = 'dana@acme.test'
const hour = 3_600_000

async function connected() {
  const world = createWorld()
  await setUpGoogle(world)
  const connectionId = await connectCalendar(world)
  const event = world.sandbox.google.createEvent(address, 'primary', {
    summary: 'Standby',
    start: world.sandbox.clock.now() + hour,
    end: world.sandbox.clock.now() + 2 * hour,
  })
  await world.settle()
  return { world, connectionId, event }
}

const changes = (world: World) =>
  world.events.filter((event): event is CalendarChanged => event.type === 'calendar.changed').map(({ change }) => change)
const calls = (world: World, operation: string) => world.sandbox.requests.filter((request) => request.operation === operation)

async function post(world: World, change: Record<string, string | null>): Promise<number> {
  const sent = world.sandbox.deliveries.findLast(({ kind }) => kind === 'calendar')
  if (sent === undefined) throw new Error('nothing was pushed yet')
  const headers = new Headers(Object.entries(sent.headers))
  for (const [name, value] of Object.entries(change)) {
    if (value === null) headers.delete(name)
    else headers.set(name, value)
  }
  return (await world.receivePush(new Request(sent.url, { method: 'POST', headers }))).status
}

describe('S22 the channel', () => {
  it('is known before Google’s first post, which is acknowledged and syncs nothing', async () => {
    const { world, connectionId } = await connected()
    const [watch] = calls(world, 'calendar.events.watch')
    expect(JSON.parse(String(watch?.body))).toMatchObject({
      type: 'web_hook',
      address: 'https://app.example.com/api/calendar/webhooks/google',
      params: { ttl: '604800' },
      token: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(world.sandbox.deliveries.find(({ kind }) => kind === 'calendar')).toMatchObject({ status: 204 })
    const [row] = await world.store.subscriptions.list('acme', connectionId)
    expect(JSON.stringify(row)).not.toContain(JSON.parse(String(watch?.body)).token)
  })

  it('is renewed at 70 % of its life: the new one first, then the old one is stopped', async () => {
    const { world, connectionId } = await connected()
    const order = () =>
      world.sandbox.requests
        .map(({ operation }) => operation)
        .filter((name) => name === 'calendar.events.watch' || name === 'calendar.channels.stop')
    await world.sandbox.clock.advance(4.8 * 24 * hour)
    await world.settle()
    expect(order()).toEqual(['calendar.events.watch'])
    await world.sandbox.clock.advance(0.2 * 24 * hour)
    await world.settle()
    expect(order()).toEqual(['calendar.events.watch', 'calendar.events.watch', 'calendar.channels.stop'])
    expect((await world.store.subscriptions.list('acme', connectionId)).map(({ state }) => state).toSorted()).toEqual(['active', 'retired'])
  })

  it('keeps the old one when the new one is refused', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'calendar.events.watch', kind: 'status', status: 500, times: 1 })
    await world.sandbox.clock.advance(5 * 24 * hour)
    await world.settle()
    expect(calls(world, 'calendar.channels.stop')).toEqual([])
    expect((await world.store.subscriptions.list('acme', connectionId)).map(({ state }) => state)).toEqual(['active'])
    expect(await world.sdk.calendar.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected', failures: 1 } })
  })
})

describe('S23 channel posts', () => {
  it.each([
    ['an absent token', { 'x-goog-channel-token': null }],
    ['a wrong token', { 'x-goog-channel-token': 'EXAMPLE_wrong' }],
    ['an empty token', { 'x-goog-channel-token': '' }],
    ['the first half of the token', { 'x-goog-channel-token': 'half' }],
    ['an unknown channel', { 'x-goog-channel-id': '00000000-0000-4000-8000-000000000000' }],
    ['an absent channel', { 'x-goog-channel-id': null }],
    ['a wrong resource', { 'x-goog-resource-id': 'other' }],
    ['an absent resource', { 'x-goog-resource-id': null }],
  ])('with %s is refused and asks for nothing', async (name, change) => {
    const { world, connectionId } = await connected()
    const token = String(world.sandbox.deliveries.findLast(({ kind }) => kind === 'calendar')?.headers['x-goog-channel-token'] ?? '')
    expect(token.length).toBeGreaterThan(20)
    const before = await world.store.syncStates.get('acme', connectionId)
    const sent = name === 'the first half of the token' ? { 'x-goog-channel-token': token.slice(0, 20) } : change
    expect(await post(world, { 'x-goog-message-number': '999', ...sent })).toBe(401)
    expect(await world.store.syncStates.get('acme', connectionId)).toEqual(before)
  })

  it('of a channel that was stopped is acknowledged and ignored', async () => {
    const { world, connectionId } = await connected()
    await world.sdk.calendar.disconnect({ principal, connectionId })
    expect(await post(world, { 'x-goog-message-number': '999' })).toBe(204)
    expect(await world.store.syncStates.get('acme', connectionId)).toBeNull()
  })

  it('five in a burst lead to one sync, or one running and one after it', async () => {
    const { world } = await connected()
    const before = calls(world, 'calendar.events.list').length
    const statuses = await Promise.all(
      ['501', '502', '503', '504', '505'].map((number) => post(world, { 'x-goog-message-number': number })),
    )
    expect(statuses).toEqual([204, 204, 204, 204, 204])
    await world.settle()
    expect(calls(world, 'calendar.events.list').length - before).toBeLessThanOrEqual(2)
    expect(calls(world, 'calendar.events.list').length - before).toBeGreaterThanOrEqual(1)
  })

  it('brings a moved and a cancelled event', async () => {
    const { world, event } = await connected()
    const from = changes(world).length
    world.sandbox.google.moveEvent(address, 'primary', event.id, hour)
    await world.settle()
    expect(changes(world).slice(from)).toMatchObject([{ kind: 'upserted', eventId: event.id, title: 'Standby' }])
    expect(Date.parse(changes(world).at(-1)?.start?.value ?? '')).toBe(world.sandbox.clock.now() + 2 * hour)
    world.sandbox.google.cancelEvent(address, 'primary', event.id)
    await world.settle()
    expect(changes(world).at(-1)).toMatchObject({ kind: 'cancelled', eventId: event.id })
  })
})

describe('S24 a sync token that is too old', () => {
  it('leads to one full list, and says so', async () => {
    const { world } = await connected()
    world.sandbox.google.expireSyncTokens(address)
    await world.sandbox.clock.advance(30 * 60_000)
    await world.settle()
    expect(world.events.filter(({ type }) => type === 'connection.gap_recovered')).toHaveLength(1)
    world.sandbox.google.createEvent(address, 'primary', {
      summary: 'After',
      start: world.sandbox.clock.now(),
      end: world.sandbox.clock.now() + hour,
    })
    await world.settle()
    expect(changes(world).at(-1)).toMatchObject({ title: 'After' })
  })
})
