import { connectCalendar, createMemoryKeys, setUpGoogle, signIn, testPrincipal as principal } from '@tenantry/sdk/testing'
import { describe, expect, it } from 'vitest'
import { answerWatchWith, callsTo, channelsOf, living, look, moveHost, statesOf } from './channels.ts'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'

const address = 'dana@acme.test'
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const keys = createMemoryKeys()
  const world = createWorld({ keys, ...options })
  await setUpGoogle(world)
  const connectionId = await connectCalendar(world)
  return { world, connectionId, keys, moveTo: (baseUrl: string) => moveHost(world, keys, baseUrl) }
}

const titles = (world: Pick<World, 'events'>) =>
  world.events.flatMap((event) => (event.type === 'calendar.changed' ? [event.change.title] : []))

function write(world: World, summary: string): void {
  const at = world.sandbox.clock.now() + hour
  world.sandbox.google.createEvent(address, 'primary', { summary, start: at, end: at + hour })
}

describe('a channel', () => {
  it('keeps the old one when the new one is refused', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'calendar.events.watch', kind: 'status', status: 403, times: 1 })
    await world.sandbox.clock.advance(5 * day)
    await world.settle()
    expect(callsTo(world, 'calendar.channels.stop')).toEqual([])
    expect(await statesOf(world, connectionId)).toEqual(['active'])
  })

  it('keeps the old one when nobody knows whether there is a new one, which is not used', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'calendar.events.watch', kind: 'status', status: 500, times: 1 })
    await world.sandbox.clock.advance(5 * day)
    await world.settle()
    expect(callsTo(world, 'calendar.channels.stop')).toEqual([])
    expect(await statesOf(world, connectionId)).toEqual(['retiring', 'active'])
    expect(await world.sdk.calendar.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected', failures: 1 } })
    await world.sandbox.clock.advance(minute)
    await world.settle()
    // The one that never was cannot be stopped, and is forgotten after the time that was asked for it.
    expect(await statesOf(world, connectionId)).toEqual(['active', 'retiring', 'retired'])
    expect(living(world)).toHaveLength(1)
    await world.sandbox.clock.advance(8 * day)
    await world.settle()
    expect(await statesOf(world, connectionId)).not.toContain('retiring')
  })

  it('that was opened without an answer is stopped once its first post told its resource', async () => {
    const { world, connectionId } = await connected()
    const [before] = living(world)
    world.sandbox.faults.add({ operation: 'calendar.events.watch', kind: 'lose-response', times: 1 })
    await world.sandbox.clock.advance(5 * day)
    await world.settle()
    expect(living(world)).toHaveLength(2)
    const [orphan] = await channelsOf(world, connectionId)
    expect(orphan).toMatchObject({ state: 'retiring', resourceId: expect.any(String) })
    expect(orphan?.expiresAt).toBe(world.sandbox.snapshot().channels.find(({ id }) => id === orphan?.id)?.expiresAt)
    await look(world, 2)
    const left = living(world)
    expect(left).toHaveLength(1)
    expect([before, orphan?.id]).not.toContain(left[0])
    expect((await channelsOf(world, connectionId)).find(({ state }) => state === 'active')?.id).toBe(left[0])
  })

  it('is stopped again at each look until Google confirms it', async () => {
    const { world, connectionId } = await connected()
    const fault = world.sandbox.faults.add({ operation: 'calendar.channels.stop', kind: 'status', status: 503 })
    await world.sandbox.clock.advance(5 * day)
    await world.settle()
    await look(world, 2)
    expect(fault.hits()).toBeGreaterThan(1)
    expect(await statesOf(world, connectionId)).toEqual(['active', 'retiring'])
    expect(await world.sdk.calendar.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected', failures: 0 } })
    fault.remove()
    await look(world, 1)
    expect(await statesOf(world, connectionId)).toEqual(['active', 'retired'])
    const asked = callsTo(world, 'calendar.channels.stop').length
    await look(world, 2)
    expect(callsTo(world, 'calendar.channels.stop')).toHaveLength(asked)
  })

  it('is not asked for any more once it has ended by itself', async () => {
    const { world, connectionId } = await connected()
    const fault = world.sandbox.faults.add({ operation: 'calendar.channels.stop', kind: 'status', status: 503 })
    await world.sandbox.clock.advance(5 * day)
    await world.settle()
    const [, old] = await channelsOf(world, connectionId)
    await world.sandbox.clock.advance(2 * day)
    const hits = fault.hits()
    await world.settle()
    expect(fault.hits()).toBe(hits)
    expect((await channelsOf(world, connectionId)).find(({ id }) => id === old?.id)?.state ?? 'forgotten').not.toBe('retiring')
  })

  it.each<[string, (now: number) => unknown]>([
    ['text', (now) => String(now + 7 * day)],
    ['a number', (now) => now + 7 * day],
    ['a date', (now) => new Date(now + 7 * day).toUTCString()],
  ])('ends when Google says, in %s', async (_name, expiration) => {
    const { world, connectionId } = await connected()
    answerWatchWith(world, () => expiration(world.sandbox.clock.now()))
    await world.sdk.calendar.repair({ principal, connectionId })
    await world.settle()
    expect((await channelsOf(world, connectionId)).find(({ state }) => state === 'active')).toMatchObject({
      expiresAt: world.sandbox.clock.now() + 7 * day,
    })
  })

  it.each<[string, (now: number) => unknown]>([
    ['is missing', () => undefined],
    ['is nothing', () => null],
    ['is no number', () => 'NaN'],
    ['is empty', () => ''],
    ['is an object', () => ({})],
    ['has passed', (now) => String(now)],
    ['is in seconds', (now) => (now + 7 * day) / 1000],
    ['is years away', (now) => now + 800 * day],
  ])('whose end %s is not used, and stopped', async (_name, expiration) => {
    const { world, connectionId } = await connected()
    const [before] = living(world)
    const restore = answerWatchWith(world, () => expiration(world.sandbox.clock.now()))
    await world.sdk.calendar.repair({ principal, connectionId })
    await world.settle()
    expect(await statesOf(world, connectionId)).not.toContain('active')
    expect(living(world)).toContain(before)
    expect(await world.sdk.calendar.get({ principal, connectionId })).toMatchObject({
      health: { delivery: 'polling', deliveryReason: 'provider_unavailable' },
    })
    restore()
    await look(world, 1)
    expect(living(world)).toHaveLength(1)
    expect(await statesOf(world, connectionId)).toEqual(['active', 'retired', 'retired'])
  })

  it('that Google lets end early is renewed early, and changes go on arriving', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.google.limitChannelLife(hour)
    await world.sdk.calendar.repair({ principal, connectionId })
    await world.settle()
    for (let step = 0; step < 30; step += 1) {
      await world.sandbox.clock.advance(6 * minute)
      await world.settle()
      expect(living(world)).toHaveLength(1)
    }
    // Three hours, at 65 to 70 % of one.
    expect(callsTo(world, 'calendar.events.watch').length).toBeLessThanOrEqual(7)
    expect((await statesOf(world, connectionId)).filter((state) => state === 'active')).toHaveLength(1)
  })

  it('is opened anew where the host is now', async () => {
    const { world, connectionId, moveTo } = await connected()
    const [before] = living(world)
    const moved = moveTo('https://new.example.com')
    await world.sandbox.clock.advance(30 * minute)
    await moved.settle()
    const [after, ...others] = living(world)
    expect([others, after === before]).toEqual([[], false])
    expect(await world.store.subscriptions.findById(after ?? '')).toMatchObject({
      state: 'active',
      target: 'https://new.example.com/api/calendar/webhooks/google',
    })
    write(world, 'Pushed to the new name')
    await moved.settle()
    expect(titles(moved)).toEqual(['Pushed to the new name'])
    expect(await statesOf(world, connectionId)).toContain('retired')
  })

  it('is not opened where Google cannot post to, until it can', async () => {
    const { world, connectionId, moveTo } = await connected({ baseUrl: 'http://localhost:3000' })
    const health = async () => (await world.sdk.calendar.get({ principal, connectionId })).health
    expect(await health()).toMatchObject({ status: 'connected', delivery: 'polling', deliveryReason: 'push_not_possible' })
    expect(living(world)).toEqual([])
    write(world, 'Polled')
    await world.sandbox.clock.advance(minute)
    await world.settle()
    expect(titles(world).at(-1)).toBe('Polled')
    const moved = moveTo('https://app.example.com')
    await world.sandbox.clock.advance(minute)
    await moved.settle()
    expect(living(world)).toHaveLength(1)
    expect(await health()).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
  })

  it('ends where Google cannot post to any more, and changes are polled', async () => {
    const { world, connectionId, moveTo } = await connected()
    const moved = moveTo('http://localhost:3000')
    await world.sandbox.clock.advance(5 * day)
    await moved.settle()
    expect(living(world)).toEqual([])
    expect((await moved.sdk.calendar.get({ principal, connectionId })).health).toMatchObject({
      status: 'connected',
      delivery: 'polling',
      deliveryReason: 'push_not_possible',
    })
  })

  it('is stopped when changes go to Google only', async () => {
    const { world, connectionId } = await connected()
    await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { direction: 'to_google' } } })
    await world.settle()
    expect(living(world)).toEqual([])
    expect(await world.sdk.calendar.get({ principal, connectionId })).toMatchObject({
      health: { status: 'connected', delivery: 'polling', deliveryReason: 'direction_to_google' },
    })
  })

  it('of a connection that ended is stopped, and one that could not be is known until it ends', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'calendar.channels.stop', kind: 'status', status: 503 })
    await world.sdk.calendar.remove({ principal, connectionId })
    expect(await statesOf(world, connectionId)).toEqual(['retiring'])
    write(world, 'Late')
    await world.settle()
    expect(world.sandbox.deliveries.at(-1)).toMatchObject({ kind: 'calendar', status: 204 })
    expect(titles(world)).not.toContain('Late')
  })

  it('that could not be stopped at a disconnect is, once the same person signs in again', async () => {
    const { world, connectionId } = await connected()
    const [before] = living(world)
    const fault = world.sandbox.faults.add({ operation: 'calendar.channels.stop', kind: 'status', status: 503 })
    await world.sdk.calendar.disconnect({ principal, connectionId })
    expect(await statesOf(world, connectionId)).toEqual(['retiring'])
    fault.remove()
    const begun = await world.sdk.calendar.reconnect({ principal, connectionId })
    await signIn(world, begun, { address })
    await world.settle()
    expect(living(world)).toHaveLength(1)
    expect(living(world)).not.toContain(before)
    expect((await statesOf(world, connectionId)).toSorted()).toEqual(['active', 'retired'])
  })

  it('is not undone by a post that was read before it was stored', async () => {
    const { world, connectionId, keys } = await connected()
    const [stored] = await channelsOf(world, connectionId)
    const sent = world.sandbox.deliveries.findLast(({ kind }) => kind === 'calendar')
    if (stored === undefined || sent === undefined) throw new Error('no channel was opened')
    let reads = 0
    const findById = async (id: string) => {
      reads += 1
      const row = await world.store.subscriptions.findById(id)
      return reads > 2 || row === null ? row : { ...row, state: 'pending' as const, resourceId: null }
    }
    const store = { ...world.store, subscriptions: { ...world.store.subscriptions, findById } }
    const other = createWorld({ keys, store, secrets: world.secrets })
    expect((await other.receivePush(new Request(sent.url, { method: 'POST', headers: sent.headers }))).status).toBe(204)
    expect(reads).toBe(2)
    expect(await world.store.subscriptions.findById(stored.id)).toEqual(stored)
  })
})
