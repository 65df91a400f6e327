import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { Store } from '../ports/index.ts'
import { connectCalendar, connectGmail, createMemoryKeys, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'
import { connectionSchema } from '../wire/index.ts'
import type { ConnectionSummary } from '../wire/index.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  const gmail = await connectGmail(world)
  const calendar = await connectCalendar(world)
  const healthOf = async (connectionId: string) => (await world.sdk.connections.get({ principal, connectionId })).health
  const rowOf = (connectionId: string) => world.store.connections.get('acme', connectionId)
  const pipeOf = async (connectionId: string) => {
    const pipe = (await world.store.subscriptions.list('acme', connectionId)).find(({ state }) => state === 'active')
    if (pipe === undefined) throw new Error('there is no pipe')
    return pipe
  }
  return { world, setup, gmail, calendar, healthOf, rowOf, pipeOf }
}

describe('the health that people see', () => {
  it('is told from the pipe’s own times while nobody sweeps, and nothing is written for it', async () => {
    const { world, gmail, healthOf, rowOf, pipeOf } = await connected()
    const before = await rowOf(gmail)
    const { expiresAt } = await pipeOf(gmail)
    const end = expiresAt ?? 0
    await world.sandbox.clock.advance(end - 48 * hour - world.sandbox.clock.now())
    expect(await healthOf(gmail)).toMatchObject({ status: 'connected', reason: null })
    await world.sandbox.clock.advance(1)
    expect(await healthOf(gmail)).toMatchObject({
      status: 'degraded',
      reason: 'renewal_late',
      values: {},
      since: new Date(end - 48 * hour).toISOString(),
      delivery: 'push',
    })
    await world.sandbox.clock.advance(48 * hour - 2)
    expect(await healthOf(gmail)).toMatchObject({ reason: 'renewal_late' })
    await world.sandbox.clock.advance(1)
    expect(await healthOf(gmail)).toMatchObject({ status: 'degraded', reason: 'watch_lapsed', since: new Date(end).toISOString() })
    expect(await rowOf(gmail)).toEqual(before)
    expect((await world.sdk.connections.list({ principal })).connections.map(({ health }) => health.reason)).toEqual([
      'watch_lapsed',
      'watch_lapsed',
    ])
  })

  it('gives a pipe of a short life a day after its renewal was due', async () => {
    const { world, calendar, healthOf, pipeOf } = await connected()
    const pipe = await pipeOf(calendar)
    const now = world.sandbox.clock.now()
    // Due at 70 % of 40 hours.
    await world.store.subscriptions.put({ ...pipe, createdAt: now, expiresAt: now + 40 * hour })
    await world.sandbox.clock.advance(39 * hour)
    expect(await healthOf(calendar)).toMatchObject({ status: 'connected' })
    await world.store.subscriptions.put({ ...pipe, createdAt: now - 60 * hour, expiresAt: now + 40 * hour })
    expect(await healthOf(calendar)).toMatchObject({ status: 'degraded', reason: 'renewal_late' })
  })

  it('keeps a worse status, and says nothing of a pipe that nobody counts on', async () => {
    const { world, gmail, calendar, healthOf, rowOf } = await connected()
    await world.sdk.gmail.update({ principal, connectionId: gmail, changes: { paused: true } })
    const row = await rowOf(calendar)
    await world.store.connections.update(
      'acme',
      calendar,
      row?.version ?? 0,
      { delivery: 'polling', deliveryReason: 'push_not_possible' },
      1,
    )
    await world.sandbox.clock.advance(8 * day)
    expect(await healthOf(gmail)).toMatchObject({ status: 'paused' })
    expect(await healthOf(calendar)).toMatchObject({
      status: 'connected',
      delivery: 'polling',
      deliveryReason: 'push_not_possible',
      lookEveryMs: minute,
    })
  })

  it('counts what was set aside, and tells how often it is looked at', async () => {
    const world = createWorld({
      on: {
        'message.received': () => {
          throw new Error('no')
        },
      },
    })
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'x', text: 'x' })
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await world.settle()
      await world.sandbox.clock.advance(15 * minute)
    }
    expect((await world.sdk.gmail.get({ principal, connectionId })).health).toMatchObject({ quarantined: 1, lookEveryMs: 15 * minute })
  })
})

describe('what a technician sees', () => {
  it('are names and times of the pipe, as the contract has them, and no secret', async () => {
    const { world, setup, gmail, calendar, pipeOf } = await connected()
    const summary = await world.sdk.gmail.get({ principal, connectionId: gmail })
    expect(connectionSchema.parse(summary)).toEqual(summary)
    const endpoint = await world.store.pushEndpoints.get('acme', 'google')
    expect(summary.technical).toMatchObject({
      topic: endpoint?.topic,
      endpoint: endpoint?.audience,
      expiresAt: new Date((await pipeOf(gmail)).expiresAt ?? 0).toISOString(),
    })
    const channel = await pipeOf(calendar)
    const { technical } = await world.sdk.calendar.get({ principal, connectionId: calendar })
    expect(technical).toMatchObject({
      channel: channel.id,
      resource: channel.resourceId,
      endpoint: 'https://app.example.com/api/calendar/webhooks/google',
    })
    expect(JSON.stringify([summary, technical])).not.toContain(channel.tokenHash)
    expect(JSON.stringify([summary, technical])).not.toContain(setup.clientSecret)
    await world.sdk.gmail.disconnect({ principal, connectionId: gmail })
    expect((await world.sdk.gmail.get({ principal, connectionId: gmail })).technical).toEqual({})
  })

  it('may be more than others may do', async () => {
    const { world, gmail } = await connected({ authorize: ({ action }) => action !== 'connection.diagnose' })
    expect((await world.sdk.gmail.get({ principal, connectionId: gmail })).permissions).toMatchObject({ sync: true, diagnose: false })
  })
})

it('a list of many connections, and the status of their app, ask no more questions than those of one', async () => {
  const keys = createMemoryKeys()
  const { world, gmail } = await connected({ keys })
  const first = await world.store.connections.get('acme', gmail)
  const pipe = (await world.store.subscriptions.list('acme', gmail)).find(({ state }) => state === 'active')
  if (first === null || pipe === undefined) throw new Error('no mailbox')
  const countQuestions = async (): Promise<{ questions: number; connections: ConnectionSummary[] }> => {
    const { store, calls } = countCalls(world.store)
    const other = createWorld({ store, secrets: world.secrets, keys })
    const { connections } = await other.sdk.connections.list({ principal })
    await other.sdk.google.status({ principal })
    return { questions: calls(), connections }
  }
  const { questions: few } = await countQuestions()
  for (let number = 1; number <= 50; number += 1) {
    const account = { address: `${number}@acme.test`, subject: `subject-${number}` }
    await world.store.connections.insert({ ...first, id: `mailbox-${number}`, account, version: 1 })
    await world.store.subscriptions.put({ ...pipe, id: `mailbox-${number}`, connectionId: `mailbox-${number}`, expiresAt: number })
  }
  const { questions: many, connections } = await countQuestions()
  expect(many).toBe(few)
  expect(connections).toHaveLength(52)
  const seventh = connections.find(({ id }) => id === 'mailbox-7')
  expect(seventh).toMatchObject({ health: { renewBy: new Date(7).toISOString() }, sharesSignIn: false })
})

it('a list asks the host of a few connections at a time, so that none waits for its answer longer than it may', async () => {
  const { world, gmail } = await connected()
  const first = await world.store.connections.get('acme', gmail)
  if (first === null) throw new Error('no mailbox')
  for (let number = 1; number <= 200; number += 1) await world.store.connections.insert({ ...first, id: `mailbox-${number}` })
  let waiting = 0
  let most = 0
  const authorize = async () => {
    waiting += 1
    most = Math.max(most, waiting)
    await new Promise((resolve) => setImmediate(resolve))
    waiting -= 1
    return true
  }
  const other = createWorld({ store: world.store, secrets: world.secrets, authorize })
  expect((await other.sdk.connections.list({ principal })).connections).toHaveLength(202)
  expect(most).toBeLessThanOrEqual(50)
})

/** A store that counts what it is asked, and does it. */
function countCalls(store: Store): { store: Store; calls: () => number } {
  let count = 0
  const counted = Object.entries(store).map(([name, part]: [string, unknown]) => {
    if (typeof part !== 'object' || part === null) return [name, part]
    const get = (target: object, key: string | symbol): unknown => {
      count += 1
      return Reflect.get(target, key)
    }
    return [name, new Proxy(part, { get })]
  })
  return { store: Object.fromEntries(counted) as Store, calls: () => count }
}
