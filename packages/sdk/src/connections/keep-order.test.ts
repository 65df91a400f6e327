import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { day, live, minute } from '../../../../test/journeys/meddling.ts'
import type { EventHandlers } from '../context.ts'
import type { TenantryEvent, TenantryEventType } from '../model/events.ts'
import { connectCalendar, connectGmail, setUpGoogle, signIn, testPrincipal as principal } from '../testing/index.ts'

const address = 'dana@acme.test'
const hour = 60 * minute

const heard = [
  'connection.connected',
  'connection.degraded',
  'connection.paused',
  'connection.disconnected',
  'connection.item_skipped',
  'message.received',
  'calendar.changed',
] as const

/** A host that takes nothing of the types that are broken. */
async function host() {
  const broken = new Set<TenantryEventType>()
  const told: TenantryEvent[] = []
  const hear = (event: TenantryEvent) => {
    if (broken.has(event.type)) throw new Error('EXAMPLE_handler')
    told.push(event)
  }
  const world = createWorld({ on: Object.fromEntries(heard.map((type) => [type, hear])) as EventHandlers })
  await setUpGoogle(world)
  return { world, broken, told, types: () => told.map(({ type }) => type) }
}

const pause = (world: World, connectionId: string, paused: boolean) =>
  world.sdk.connections.update({ principal, connectionId, changes: { paused } })

const mail = (world: World, subject: string) =>
  void world.sandbox.google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject, text: 'x' })

async function signInAgain(world: World, connectionId: string): Promise<void> {
  const begun = await world.sdk.connections.reconnect({ principal, connectionId })
  expect(await signIn(world, begun, { address })).toMatchObject({ outcome: 'connected' })
}

describe('the order of events', () => {
  it('is that in which statuses came about, however long the host failed at one', async () => {
    const { world, broken, told, types } = await host()
    const connectionId = await connectGmail(world)
    told.length = 0
    broken.add('connection.paused')
    await pause(world, connectionId, true)
    await live(world, 20 * minute)
    await pause(world, connectionId, false)
    await live(world, 5 * minute)
    expect(types()).toEqual([])
    broken.clear()
    await live(world, 15 * minute)
    expect(types()).toEqual(['connection.paused', 'connection.connected'])
  })

  it('holds within a batch too', async () => {
    const { world, broken, told, types } = await host()
    const connectionId = await connectGmail(world)
    told.length = 0
    broken.add('connection.paused')
    await pause(world, connectionId, true)
    await pause(world, connectionId, false)
    await world.settle()
    broken.clear()
    await live(world, minute, 1_000)
    expect(types()).toEqual(['connection.paused', 'connection.connected'])
  })

  it('holds up nothing else: mail arrives while the host fails at a status for days', async () => {
    const { world, broken, told, types } = await host()
    const connectionId = await connectGmail(world)
    broken.add('connection.paused')
    await pause(world, connectionId, true)
    await pause(world, connectionId, false)
    await live(world, 2 * day, hour)
    told.length = 0
    mail(world, 'still here')
    await world.settle()
    expect(types()).toEqual(['message.received'])
  })

  it('lets calendar changes pass a status that is no end', async () => {
    const { world, broken, told, types } = await host()
    const connectionId = await connectCalendar(world, { address })
    broken.add('connection.paused')
    await pause(world, connectionId, true)
    await pause(world, connectionId, false)
    await live(world, 2 * hour, 10 * minute)
    told.length = 0
    const start = world.sandbox.clock.now() + hour
    world.sandbox.google.createEvent(address, 'primary', { summary: 'Oil change', start, end: start + hour })
    await world.settle()
    expect(types()).toEqual(['calendar.changed'])
  })

  it('keeps a copy whole that is dropped at the end of a connection and filled again after it', async () => {
    const { world, broken, told } = await host()
    const connectionId = await connectCalendar(world, { address })
    await live(world, 30 * minute, 5 * minute)
    const before = told.filter(({ type }) => type === 'calendar.changed').length
    broken.add('connection.disconnected')
    await world.sdk.calendar.disconnect({ principal, connectionId })
    await live(world, 20 * minute)
    await signInAgain(world, connectionId)
    await live(world, 5 * minute)
    expect(told.filter(({ type }) => type === 'calendar.changed')).toHaveLength(before)
    broken.clear()
    await live(world, 15 * minute)
    const end = told.findIndex(({ type }) => type === 'connection.disconnected')
    const after = told.slice(end + 1).map(({ type }) => type)
    expect(before).toBeGreaterThan(0)
    expect(after).toEqual(['connection.connected', ...Array<string>(before).fill('calendar.changed')])
  })

  it('wakes nobody for what has to wait', async () => {
    const { world, broken } = await host()
    const connectionId = await connectGmail(world)
    broken.add('connection.paused')
    await pause(world, connectionId, true)
    await live(world, hour, 10 * minute)
    await pause(world, connectionId, false)
    await world.settle()
    expect((await world.store.tasks.get('acme', connectionId, 'deliver'))?.dueAt).toBeGreaterThan(world.sandbox.clock.now())
  })

  it('goes on after a status that the host does not take for five days, and is never longer late than that', async () => {
    const { world, broken, told, types } = await host()
    const connectionId = await connectGmail(world)
    broken.add('connection.paused')
    for (let times = 0; times < 4; times += 1) {
      await pause(world, connectionId, true)
      await pause(world, connectionId, false)
      await live(world, 20 * minute, 10 * minute)
    }
    told.length = 0
    await live(world, 4.9 * day, 30 * minute)
    expect(types()).toEqual([])
    await live(world, 0.2 * day, 5 * minute)
    expect(types().filter((type) => type === 'connection.connected')).toHaveLength(4)
    expect(types().filter((type) => type === 'connection.item_skipped')).toHaveLength(4)
  })

  it('is kept for more events than go in one batch', async () => {
    const { world, broken, told, types } = await host()
    const connectionId = await connectGmail(world)
    told.length = 0
    broken.add('connection.paused')
    for (let times = 0; times < 60; times += 1) {
      await pause(world, connectionId, true)
      await pause(world, connectionId, false)
    }
    await live(world, 10 * minute)
    expect(types()).toEqual([])
    broken.clear()
    await live(world, 15 * minute)
    expect(types()).toEqual(Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? 'connection.paused' : 'connection.connected')))
  })
})
