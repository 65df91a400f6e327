import { describe, expect, it } from 'vitest'
import type { CalendarChanged } from '@tenantry/sdk'
import { connectCalendar, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { callsTo, channelsOf, living, look, statesOf } from '../channels.ts'
import { createWorld } from '../create-world.ts'
import type { World } from '../create-world.ts'

const address = 'dana@acme.test'
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
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
    const [watch] = callsTo(world, 'calendar.events.watch')
    expect(JSON.parse(String(watch?.body))).toMatchObject({
      type: 'web_hook',
      address: 'https://app.example.com/api/calendar/webhooks/google',
      params: { ttl: '604800' },
      token: expect.stringMatching(/^[\w-]{43}\.[\w-]{36}\.[\w-]{43}$/),
    })
    expect(world.sandbox.deliveries.find(({ kind }) => kind === 'calendar')).toMatchObject({ status: 204 })
    const [row] = await channelsOf(world, connectionId)
    expect(JSON.stringify(row)).not.toContain(JSON.parse(String(watch?.body)).token)
  })

  it('is renewed at 70 % of its life: the new one first, then the old one is stopped', async () => {
    const { world, connectionId } = await connected()
    const order = () =>
      world.sandbox.requests
        .map(({ operation }) => operation)
        .filter((name) => name === 'calendar.events.watch' || name === 'calendar.channels.stop')
    await world.sandbox.clock.advance(4.5 * day)
    await world.settle()
    expect(order()).toEqual(['calendar.events.watch'])
    await world.sandbox.clock.advance(0.5 * day)
    await world.settle()
    expect(order()).toEqual(['calendar.events.watch', 'calendar.events.watch', 'calendar.channels.stop'])
    expect(await statesOf(world, connectionId)).toEqual(['active', 'retired'])
    expect(living(world)).toHaveLength(1)
  })
})

describe('S23 channel posts', () => {
  it.each([
    ['an absent token', { 'x-goog-channel-token': null }],
    ['a wrong token', { 'x-goog-channel-token': 'EXAMPLE_wrong' }],
    ['an empty token', { 'x-goog-channel-token': '' }],
    ['the first half of the token', { 'x-goog-channel-token': 'half' }],
    ['the token twice', { 'x-goog-channel-token': 'twice' }],
    ['a token that looks alike', { 'x-goog-channel-token': 'alike' }],
    ['an unknown channel', { 'x-goog-channel-id': '00000000-0000-4000-8000-000000000000' }],
    ['an absent channel', { 'x-goog-channel-id': null }],
    ['a channel outside ASCII', { 'x-goog-channel-id': 'é' }],
    ['a wrong resource', { 'x-goog-resource-id': 'other' }],
    ['an absent resource', { 'x-goog-resource-id': null }],
  ])('with %s is refused and asks for nothing', async (_name, change: Record<string, string | null>) => {
    const { world, connectionId } = await connected()
    const token = String(world.sandbox.deliveries.findLast(({ kind }) => kind === 'calendar')?.headers['x-goog-channel-token'] ?? '')
    expect(token.length).toBeGreaterThan(20)
    const before = await world.store.syncStates.get('acme', connectionId)
    const made: Record<string, string> = { half: token.slice(0, 20), twice: `${token}, ${token}`, alike: token.replace(/[a-z]/, 'ª') }
    const sent = made[change['x-goog-channel-token'] ?? '']
    expect(
      await post(world, { 'x-goog-message-number': '999', ...change, ...(sent !== undefined && { 'x-goog-channel-token': sent }) }),
    ).toBe(401)
    expect(await world.store.syncStates.get('acme', connectionId)).toEqual(before)
  })

  it('with the token of another channel is refused', async () => {
    const { world } = await connected()
    await connectCalendar(world, { principal: { tenantId: 'acme', userId: 'kim' }, address: 'support@acme.test' })
    const [, other] = world.sandbox.snapshot().channels
    const [own] = world.sandbox.snapshot().channels
    expect(own?.token).not.toBe(other?.token)
    const headers = { 'x-goog-channel-id': own?.id ?? '', 'x-goog-resource-id': own?.resourceId ?? '', 'x-goog-message-number': '999' }
    expect(await post(world, { ...headers, 'x-goog-channel-token': own?.token ?? '' })).toBe(204)
    expect(await post(world, { ...headers, 'x-goog-channel-token': other?.token ?? '' })).toBe(401)
  })

  it('of a channel that was stopped is acknowledged and ignored', async () => {
    const { world, connectionId } = await connected()
    await world.sdk.calendar.disconnect({ principal, connectionId })
    expect(await post(world, { 'x-goog-message-number': '999' })).toBe(204)
    expect(await world.store.syncStates.get('acme', connectionId)).toBeNull()
  })

  it('of a channel that counted as stopped has it stopped again, and proves nothing of the new one', async () => {
    const { world, connectionId } = await connected()
    const late = world.sandbox.deliveries.findLast(({ kind }) => kind === 'calendar')
    // Google confirms, and goes on posting.
    const fault = world.sandbox.faults.add({ operation: 'calendar.channels.stop', kind: 'status', status: 404 })
    await world.sandbox.clock.advance(5 * day)
    await world.settle()
    expect(await statesOf(world, connectionId)).toEqual(['active', 'retired'])
    expect(living(world)).toHaveLength(2)
    fault.remove()
    await world.sandbox.clock.advance(minute)
    const before = await world.store.connections.get('acme', connectionId)
    const synced = await world.store.syncStates.get('acme', connectionId)
    expect(await post(world, { ...late?.headers, 'x-goog-message-number': '999' })).toBe(204)
    expect(await statesOf(world, connectionId)).toEqual(['active', 'retiring'])
    expect((await world.store.connections.get('acme', connectionId))?.lastPushAt).toBe(before?.lastPushAt)
    expect(await world.store.syncStates.get('acme', connectionId)).toEqual(synced)
    await look(world, 1)
    expect(await statesOf(world, connectionId)).toEqual(['active', 'retired'])
    expect(living(world)).toHaveLength(1)
  })

  it('that cannot be read is acknowledged, because it would never become readable', async () => {
    const { world, connectionId } = await connected()
    const before = await world.store.syncStates.get('acme', connectionId)
    expect(await post(world, { 'x-goog-resource-state': 'add', 'x-goog-message-number': '999' })).toBe(204)
    expect(await post(world, { 'x-goog-message-number': '0' })).toBe(204)
    expect(await world.store.syncStates.get('acme', connectionId)).toEqual(before)
  })

  it('five in a burst lead to one sync, or one running and one after it', async () => {
    const { world } = await connected()
    const before = callsTo(world, 'calendar.events.list').length
    const statuses = await Promise.all(
      ['501', '502', '503', '504', '505'].map((number) => post(world, { 'x-goog-message-number': number })),
    )
    expect(statuses).toEqual([204, 204, 204, 204, 204])
    await world.settle()
    expect(callsTo(world, 'calendar.events.list').length - before).toBeLessThanOrEqual(2)
    expect(callsTo(world, 'calendar.events.list').length - before).toBeGreaterThanOrEqual(1)
  })

  it('that comes twice asks once', async () => {
    const { world, connectionId } = await connected()
    const requested = async () => (await world.store.syncStates.get('acme', connectionId))?.requested ?? 0
    const before = await requested()
    await post(world, { 'x-goog-message-number': '501' })
    await world.settle()
    await post(world, { 'x-goog-message-number': '501' })
    expect(await requested()).toBe(before + 1)
  })

  it('brings a moved and a cancelled event', async () => {
    const { world, event } = await connected()
    const from = changes(world).length
    world.sandbox.google.moveEvent(address, 'primary', event.id, hour)
    await world.settle()
    expect(changes(world).slice(from)).toMatchObject([{ kind: 'moved', eventId: event.id, title: 'Standby' }])
    expect(Date.parse(changes(world).at(-1)?.start?.value ?? '')).toBe(world.sandbox.clock.now() + 2 * hour)
    world.sandbox.google.cancelEvent(address, 'primary', event.id)
    await world.settle()
    expect(changes(world).at(-1)).toMatchObject({ kind: 'cancelled', eventId: event.id })
  })
})
