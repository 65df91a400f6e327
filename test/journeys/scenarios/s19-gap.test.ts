import { describe, expect, it } from 'vitest'
import { createMemoryStore, testPrincipal as principal } from '@tenantry/sdk/testing'
import { TenantryError } from '@tenantry/sdk/errors'
import { connected, day, eventsOf, intercept, live, minute } from '../meddling.ts'
import type { World } from '../create-world.ts'
import { calls, health, hour, mail, subjects } from '../watching.ts'

const support = 'support@acme.test'

/** The history is too old, with so much mail since the last look, which nobody announced. */
async function withGap(count: number, options: Parameters<typeof connected>[0] = {}) {
  const { world, connectionId } = await connected(options)
  await live(world, 20 * minute, 5 * minute)
  const lastLookAt = (await world.store.connections.get('acme', connectionId))?.lastSyncAt ?? 0
  world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
  const wanted = Array.from({ length: count }, (_, at) => `gap ${at}`)
  const delivered = world.sandbox.google.deliverMany(support, wanted.map(mail))
  world.sandbox.google.expireHistory(support)
  world.sandbox.faults.clear()
  world.sandbox.clearRequests()
  return { world, connectionId, wanted, delivered, lastLookAt }
}

const cursorOf = async (world: World, connectionId: string) => (await world.store.syncStates.get('acme', connectionId))?.cursor
const origins = (world: World) => new Set(eventsOf(world, 'message.received').map(({ origin }) => origin))
const searches = (world: World) =>
  world.sandbox.requests.filter(({ operation }) => operation === 'gmail.messages.list').map(({ url }) => new URL(url).searchParams)

describe('S19 a history that is too old', () => {
  it('pins the present, then searches all pages since the last look with the same label, and tells once', async () => {
    const { world, connectionId, wanted, lastLookAt } = await withGap(1_201)
    const pinned = world.sandbox.google.deliverMail(support, mail('the last')).historyId
    world.sandbox.google.expireHistory(support)
    await live(world, 16 * minute, 4 * minute)
    expect(subjects(world).toSorted()).toEqual([...wanted, 'the last'].toSorted())
    expect(origins(world)).toEqual(new Set(['gapfill']))
    const order = calls(world, /^gmail\.(history\.list|profile|messages\.list)$/)
    const at = order.indexOf('gmail.profile')
    expect(order.slice(at - 1, at + 4)).toEqual(['gmail.history.list', 'gmail.profile', ...Array(3).fill('gmail.messages.list')])
    expect(searches(world)).toHaveLength(3)
    for (const query of searches(world)) {
      expect(query.getAll('labelIds')).toEqual(['INBOX'])
      const after = Number(/^after:(\d+)$/.exec(query.get('q') ?? '')?.[1]) * 1_000
      // An hour of margin, for clocks that differ.
      expect(lastLookAt - after).toBeGreaterThanOrEqual(hour)
      expect(lastLookAt - after).toBeLessThan(hour + 1_000)
    }
    expect(await cursorOf(world, connectionId)).toBe(pinned)
    expect(eventsOf(world, 'connection.gap_recovered')).toMatchObject([
      { connectionId, origin: 'gapfill', count: 1_202, from: new Date(lastLookAt).toISOString() },
    ])
    const [told] = eventsOf(world, 'connection.gap_recovered')
    expect(Date.parse(told?.to ?? '') - lastLookAt).toBeLessThan(30 * minute)
    await live(world, hour, 15 * minute)
    expect(subjects(world)).toHaveLength(1_202)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected' })
  })

  it('goes on at the page where Google failed, with the same pin, and counts what came before', async () => {
    const { world, connectionId, wanted } = await withGap(1_001)
    let listed = 0
    intercept(world, (request, serve, { pathname }) => {
      if (pathname.endsWith('/messages')) listed += 1
      return listed === 2 && pathname.endsWith('/messages') ? Promise.resolve(new Response('{}', { status: 500 })) : serve(request)
    })
    await world.sdk.gmail.sync({ principal, connectionId })
    await world.settle()
    expect(listed).toBe(2)
    expect(subjects(world)).toHaveLength(500)
    expect(eventsOf(world, 'connection.gap_recovered')).toEqual([])
    await live(world, 10 * minute)
    expect(subjects(world).toSorted()).toEqual(wanted.toSorted())
    expect(searches(world).map((query) => query.has('pageToken'))).toEqual([false, true, true])
    expect(calls(world, /^gmail\.(profile|messages\.get)$/)).toHaveLength(1 + 1_001)
    expect(eventsOf(world, 'connection.gap_recovered')).toMatchObject([{ count: 1_001 }])
  })

  it('begins the search again when page tokens expired in between, and fetches nothing twice', async () => {
    const { world, connectionId, wanted } = await withGap(1_001)
    let listed = 0
    intercept(world, (request, serve, { pathname }) => {
      if (pathname.endsWith('/messages')) listed += 1
      return listed === 3 && pathname.endsWith('/messages') ? Promise.resolve(new Response('{}', { status: 503 })) : serve(request)
    })
    await world.sdk.gmail.sync({ principal, connectionId })
    await world.settle()
    expect(subjects(world)).toHaveLength(1_000)
    world.sandbox.google.expirePageTokens(support)
    await live(world, 10 * minute)
    expect(subjects(world).toSorted()).toEqual(wanted.toSorted())
    expect(calls(world, /^gmail\.messages\.get$/)).toHaveLength(1_001)
    expect(eventsOf(world, 'connection.gap_recovered')).toMatchObject([{ count: 1_001 }])
  })

  it.each(['before the item is kept', 'while the cursor moves'] as const)('survives a database that fails %s', async (moment) => {
    const store = createMemoryStore()
    const fail = { left: 0 }
    const transaction: typeof store.transaction = (work) =>
      store.transaction((inner) => {
        const { syncStates, outbox } = inner
        const tripped = <T>(now: boolean, call: () => Promise<T>): Promise<T> => {
          if (!now || fail.left === 0) return call()
          fail.left -= 1
          return Promise.reject(new TenantryError('unavailable'))
        }
        return work({
          ...inner,
          outbox: {
            ...outbox,
            settle: (...input) => tripped(moment === 'before the item is kept', () => outbox.settle(...input)),
          },
          syncStates: {
            ...syncStates,
            advance: (tenantId, id, to) =>
              tripped(moment === 'while the cursor moves' && to.cursor !== undefined, () => syncStates.advance(tenantId, id, to)),
          },
        })
      })
    const { world, connectionId, wanted } = await withGap(120, { store: { ...store, transaction } })
    fail.left = 1
    await world.sdk.gmail.sync({ principal, connectionId })
    await world.settle()
    expect(fail.left).toBe(0)
    expect(eventsOf(world, 'connection.gap_recovered')).toEqual([])
    await live(world, 20 * minute)
    expect(subjects(world).toSorted()).toEqual(wanted.toSorted())
    expect(eventsOf(world, 'connection.gap_recovered')).toMatchObject([{ count: 120 }])
    expect(new Set(eventsOf(world, 'message.received').map(({ id }) => id)).size).toBe(120)
  })

  it('neither loses nor doubles mail that arrives while it searches', async () => {
    const { world, connectionId, wanted } = await withGap(600)
    const meanwhile = { profile: 'after the pin', messages: 'between two pages' }
    intercept(world, async (request, serve, { pathname }) => {
      const answer = await serve(request)
      for (const [place, subject] of Object.entries(meanwhile)) {
        if (!pathname.endsWith(`/${place}`)) continue
        Reflect.deleteProperty(meanwhile, place)
        world.sandbox.google.deliverMail(support, mail(subject))
      }
      return answer
    })
    await world.sdk.gmail.sync({ principal, connectionId })
    await live(world, 20 * minute, 5 * minute)
    expect(meanwhile).toEqual({})
    expect(subjects(world).toSorted()).toEqual([...wanted, 'after the pin', 'between two pages'].toSorted())
    expect(eventsOf(world, 'connection.gap_recovered')).toHaveLength(1)
    const fromHistory = eventsOf(world, 'message.received').filter(({ origin }) => origin === 'live')
    expect(fromHistory.map(({ message }) => message.subject)).toEqual(['between two pages'])
  })

  it('hands over 200 that came and skips 20 that were deleted since', async () => {
    const { world, connectionId, wanted, delivered } = await withGap(200)
    for (const { id } of delivered.slice(0, 10)) world.sandbox.google.deleteMessage(support, id)
    // Ten more go between the search and the reading.
    intercept(world, async (request, serve, { pathname }) => {
      const answer = await serve(request)
      if (pathname.endsWith('/messages')) for (const { id } of delivered.slice(10, 20)) world.sandbox.google.deleteMessage(support, id)
      return answer
    })
    world.sandbox.google.expireHistory(support)
    await world.sdk.gmail.sync({ principal, connectionId })
    await world.settle()
    expect(subjects(world).toSorted()).toEqual(wanted.slice(20).toSorted())
    expect(eventsOf(world, 'connection.gap_recovered')).toMatchObject([{ count: 180 }])
    expect(eventsOf(world, 'connection.item_skipped')).toEqual([])
  })

  it('searches 30 days at most, and says from when', async () => {
    const { world } = await connected()
    await live(world, 10 * minute, 5 * minute)
    await world.sandbox.clock.advance(5 * day)
    world.sandbox.google.deliverMail(support, mail('too old'))
    await world.sandbox.clock.advance(30 * day)
    world.sandbox.google.deliverMail(support, mail('of this month'))
    await world.sandbox.clock.advance(5 * day)
    world.sandbox.google.expireHistory(support)
    const from = new Date(world.sandbox.clock.now() - 30 * day).toISOString()
    await world.settle()
    expect(subjects(world)).toEqual(['of this month'])
    expect(eventsOf(world, 'connection.gap_recovered')).toMatchObject([{ count: 1, from }])
  })

  it('asks for each of several labels, and hands over what has one of them', async () => {
    const { world, connectionId } = await connected()
    const help = world.sandbox.google.createLabel(support, 'Help')
    const sales = world.sandbox.google.createLabel(support, 'Sales')
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: ['Help', 'Sales'] } } })
    await world.settle()
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    for (const { id, name } of [help, sales]) world.sandbox.google.deliverMail(support, { ...mail(name), labels: ['INBOX', id] })
    world.sandbox.google.deliverMail(support, mail('neither'))
    world.sandbox.google.expireHistory(support)
    await live(world, 20 * minute, 5 * minute)
    expect(subjects(world).toSorted()).toEqual(['Help', 'Sales'])
    expect(eventsOf(world, 'connection.gap_recovered')).toMatchObject([{ count: 2 }])
  })
})
