import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { connectCalendar, connectGmail, createMemoryStore, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const hour = 3_600_000
const mail = (subject: string) => ({ from: 'customer@example.test', subject, text: 'x' })

/** A world where the test can act while Google's answer to a request is on its way. */
function createHeldWorld() {
  const hold: { answer: ((url: URL) => Promise<void> | void) | null } = { answer: null }
  const world = createWorld()
  const serve = world.sandbox.fetch
  Object.assign(world.sandbox, {
    fetch: async (request: Request) => {
      const response = await serve(request)
      await hold.answer?.(new URL(request.url))
      return response
    },
  })
  return { world, hold }
}

const received = (world: World, type: string) => world.events.filter((event) => event.type === type)

describe('a sync whose lease was lost', () => {
  it('writes no event and no cursor, and the other worker’s work is not repeated', async () => {
    const { world, hold } = createHeldWorld()
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    world.sandbox.google.deliverMail('support@acme.test', mail('m1'))
    const before = await world.store.syncStates.get('acme', connectionId)
    let taken = false
    hold.answer = async ({ pathname }) => {
      if (taken || !pathname.endsWith('/history')) return
      taken = true
      await world.sandbox.clock.advance(3 * 60_000)
      const lease = await world.store.syncStates.acquire('acme', connectionId, {
        owner: 'another worker',
        now: world.sandbox.clock.now(),
        leaseMs: 60_000,
      })
      expect(lease).not.toBeNull()
    }
    await world.sdk.gmail.sync({ principal, connectionId })
    await world.sdk.maintenance.sweep()
    expect(taken).toBe(true)
    expect(await world.store.syncStates.get('acme', connectionId)).toMatchObject({ cursor: before?.cursor })
    expect(await world.store.outbox.count('acme', connectionId, 'pending')).toBe(0)
    await world.sandbox.clock.advance(2 * 60_000)
    await world.settle()
    expect(received(world, 'message.received')).toHaveLength(1)
  })
})

describe('a connection that is ended while it is read', () => {
  it('writes no mail late', async () => {
    const { world, hold } = createHeldWorld()
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    world.sandbox.google.deliverMail('support@acme.test', mail('late'))
    hold.answer = async ({ pathname }) => {
      if (!pathname.endsWith('/history')) return
      hold.answer = null
      await world.sdk.gmail.disconnect({ principal, connectionId })
    }
    await world.sdk.gmail.sync({ principal, connectionId })
    await world.settle()
    await expectEnded(world, connectionId)
    expect(received(world, 'message.received')).toEqual([])
  })

  it('writes no page late of a calendar’s first reading, which has no place to stand before its end', async () => {
    const { world, hold } = createHeldWorld()
    await setUpGoogle(world)
    for (let at = 0; at < 1001; at += 1) {
      world.sandbox.google.createEvent('dana@acme.test', 'primary', {
        summary: `e${at}`,
        start: world.sandbox.clock.now() + at * hour,
        end: world.sandbox.clock.now() + (at + 1) * hour,
      })
    }
    let pages = 0
    hold.answer = async ({ pathname }) => {
      if (!pathname.endsWith('/events')) return
      pages += 1
      if (pages !== 2) return
      const [connection] = (await world.sdk.calendar.list({ principal })).connections
      await world.sdk.calendar.disconnect({ principal, connectionId: connection?.id ?? '' })
    }
    const connectionId = await connectCalendar(world)
    expect(pages).toBe(2)
    await expectEnded(world, connectionId)
    // What the host knew of the calendar ends with the connection, so that another beginning tells all of it.
    expect(await world.store.items.listUnseen('acme', connectionId, 'none', 10)).toEqual([])
    // Of the first page, which is kept before the second is asked for, some may have been told by then.
    expect(world.events.at(-1)?.type).toBe('connection.disconnected')
  })

  it('opens no pipe and starts no upkeep late', async () => {
    for (const [path, connect, provider] of [
      ['/watch', connectGmail, 'gmail'],
      ['/events/watch', connectCalendar, 'calendar'],
    ] as const) {
      const { world, hold } = createHeldWorld()
      await setUpGoogle(world)
      hold.answer = async ({ pathname }) => {
        if (!pathname.endsWith(path)) return
        hold.answer = null
        const [connection] = (await world.sdk.connections.list({ principal })).connections
        await world.sdk[provider].disconnect({ principal, connectionId: connection?.id ?? '' })
      }
      const connectionId = await connect(world)
      await expectEnded(world, connectionId)
    }
  })
})

async function expectEnded(world: World, connectionId: string): Promise<void> {
  expect(await world.store.connections.get('acme', connectionId)).toMatchObject({ status: 'disconnected', generation: 2 })
  expect(await world.store.tokens.get('acme', connectionId)).toBeNull()
  expect(await world.store.syncStates.get('acme', connectionId)).toBeNull()
  expect(
    (await world.store.subscriptions.list('acme', connectionId)).filter(({ state }) => state === 'active' || state === 'pending'),
  ).toEqual([])
  for (const kind of ['provision', 'sync', 'renew', 'reconcile'] as const)
    expect([kind, await world.store.tasks.get('acme', connectionId, kind)]).toEqual([kind, null])
}

describe('a connection of which only the pipe fails', () => {
  it('is read from the oldest message on', async () => {
    const { world } = createHeldWorld()
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    world.sandbox.faults.add({ operation: 'gmail.watch', kind: 'status', status: 500 })
    await world.sandbox.clock.advance(25 * hour)
    await world.settle()
    expect((await world.sdk.gmail.get({ principal, connectionId })).health.failures).toBeGreaterThan(0)
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    const sent = Array.from({ length: 30 }, (_, at) => world.sandbox.google.deliverMail('support@acme.test', mail(`m${at}`)).id)
    world.sandbox.clearRequests()
    await world.sdk.gmail.sync({ principal, connectionId })
    await world.settle()
    const asked = world.sandbox.requests
      .filter(({ operation }) => operation === 'gmail.messages.get')
      .map(({ url }) => new URL(url).pathname)
    // Ten at a time, so the first ones are of the oldest.
    expect(
      asked
        .slice(0, 10)
        .map((path) => path.split('/').at(-1))
        .toSorted(),
    ).toEqual(sent.slice(0, 10).toSorted())
  })
})

describe('workers at once', () => {
  it('that write the same connection again and again are no store that is down', async () => {
    const store = createMemoryStore()
    let others = 0
    const world = createWorld({
      store: {
        ...store,
        connections: {
          ...store.connections,
          update: async (tenantId, id, ...rest) => {
            const current = others > 0 ? await store.connections.get(tenantId, id) : null
            // Somebody else is faster.
            if (current !== null) {
              others -= 1
              await store.connections.update(tenantId, id, current.version, {}, world.sandbox.clock.now())
            }
            return store.connections.update(tenantId, id, ...rest)
          },
        },
      },
    })
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    await world.sdk.gmail.sync({ principal, connectionId })
    others = 12
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ failed: 0 })
    expect(others).toBe(0)
  })

  it('hand over each mail once, in order, however many sweep', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectGmail(world)
    const wanted = Array.from({ length: 60 }, (_, at) => `mail ${at}`)
    for (const subject of wanted) {
      world.sandbox.google.deliverMail('support@acme.test', mail(subject))
      await world.sandbox.clock.advance(1_000)
    }
    await Promise.all(Array.from({ length: 8 }, () => world.sdk.maintenance.sweep()))
    await world.settle()
    const subjects = received(world, 'message.received').map((event) => (event.type === 'message.received' ? event.message.subject : ''))
    expect(subjects).toEqual(wanted)
  })
})
