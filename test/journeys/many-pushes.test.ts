import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectGmail, testPrincipal as principal } from '@tenantry/sdk/testing'
import { connected, createDice, day, eventsOf, intercept, live, minute, seedOf } from './meddling.ts'
import type { World } from './create-world.ts'
import { calls, health, mail, subjects } from './watching.ts'

const support = 'support@acme.test'

/** The pushes that Pub/Sub sent for so many mails, none of which has arrived yet. */
async function withHeldPushes(count: number): Promise<{ world: World; connectionId: string; wanted: string[]; pushes: (() => Request)[] }> {
  const { world, connectionId } = await connected()
  await live(world, 5 * minute)
  const wanted = Array.from({ length: count }, (_, at) => `mail ${at}`)
  const held: (() => Request)[] = []
  const receive = world.receivePush
  let holding = true
  Object.assign(world, {
    receivePush: async (request: Request) => {
      if (!holding) return receive(request)
      const { url, method } = request
      const headers = new Headers(request.headers)
      const body = await request.text()
      held.push(() => new Request(url, { method, headers, body }))
      // Pub/Sub takes it for delivered; the test delivers it.
      return new Response(null, { status: 204 })
    },
  })
  for (const subject of wanted) {
    // Gmail announces once a second at most.
    await world.sandbox.clock.advance(1_000)
    world.sandbox.google.deliverMail(support, mail(subject))
    await world.sandbox.settled()
  }
  holding = false
  expect(held).toHaveLength(count)
  return { world, connectionId, wanted, pushes: held }
}

const ids = (world: World) => eventsOf(world, 'message.received').map(({ id }) => id)

describe('F25 pushes that come more than once', () => {
  it('make one event a message, however often each comes and whenever upkeep runs in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 4, maxLength: 8 }),
        fc.array(fc.nat({ max: 160 }), { maxLength: 4 }),
        async (times, sweeps) => {
          const { world, connectionId, wanted, pushes } = await withHeldPushes(times.length)
          const inboxBefore = await world.store.inbox.count('acme', connectionId)
          const deliveries = pushes.flatMap((push, at) => Array.from({ length: times[at] ?? 1 }, () => push))
          for (const [at, push] of deliveries.entries()) {
            expect((await world.receivePush(push())).status).toBe(204)
            if (sweeps.includes(at)) await world.settle()
          }
          await world.settle()
          expect(subjects(world)).toEqual(wanted)
          expect(new Set(ids(world)).size).toBe(wanted.length)
          expect((await world.store.inbox.count('acme', connectionId)) - inboxBefore).toBe(wanted.length)
          expect(calls(world, /^gmail\.messages\.get$/)).toHaveLength(wanted.length)
        },
      ),
      { seed: seedOf('F25'), numRuns: 5 },
    )
  })
})

describe('F26 pushes in any order', () => {
  it('200 of them, shuffled, with upkeep at random moments, hand over the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...Array(200).keys()], { minLength: 200 }),
        fc.integer({ min: 1, max: 60 }),
        async (order, every) => {
          const { world, connectionId, wanted, pushes } = await withHeldPushes(200)
          let cursor = 0n
          for (const [at, which] of order.entries()) {
            const push = pushes[which]
            if (push !== undefined) expect((await world.receivePush(push())).status).toBe(204)
            if (at % every !== 0) continue
            await world.settle()
            const now = BigInt((await world.store.syncStates.get('acme', connectionId))?.cursor ?? '0')
            expect(now >= cursor).toBe(true)
            cursor = now
          }
          await world.settle()
          expect(subjects(world)).toEqual(wanted)
          expect(new Set(ids(world)).size).toBe(200)
          expect(calls(world, /^gmail\.messages\.get$/)).toHaveLength(200)
        },
      ),
      { seed: seedOf('F26'), numRuns: 2 },
    )
  })

  it('F27 one that names the place where we stand already is looked at all the same', async () => {
    const { world, connectionId } = await connected()
    const { id, historyId } = world.sandbox.google.deliverMail(support, { ...mail('spam at first'), labels: ['SPAM'] })
    await live(world, 16 * minute)
    expect((await world.store.syncStates.get('acme', connectionId))?.cursor).toBe(historyId)
    const before = calls(world, /^gmail\.history\.list$/).length
    const { body, url, headers } = world.sandbox.deliveries.findLast(({ kind }) => kind === 'pubsub') ?? { body: '', url: '', headers: {} }
    const sent = JSON.parse(body) as { message: object }
    const data = Buffer.from(JSON.stringify({ emailAddress: support, historyId })).toString('base64')
    world.sandbox.google.changeLabels(support, id, { add: ['INBOX'], remove: ['SPAM'] })
    const push = new Request(url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...sent, message: { ...sent.message, messageId: 'equal', data } }),
    })
    expect((await world.receivePush(push)).status).toBe(204)
    await world.settle()
    expect(calls(world, /^gmail\.history\.list$/).length).toBeGreaterThan(before)
    expect(subjects(world)).toEqual(['spam at first'])
  })
})

describe('F21 a renewal while mail waits', () => {
  it('leaves the cursor where it is: all five that were not synced yet arrive', async () => {
    const { world, connectionId } = await connected()
    await live(world, 5 * minute)
    const before = (await world.store.syncStates.get('acme', connectionId))?.cursor
    // Nothing can be listed, so nothing is synced, while the watch is renewed.
    const outage = world.sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 503 })
    const wanted = Array.from({ length: 5 }, (_, at) => `waiting ${at}`)
    for (const subject of wanted) world.sandbox.google.deliverMail(support, mail(subject))
    const [watch] = await world.store.subscriptions.list('acme', connectionId)
    await live(world, 25 * 60 * minute, 60 * minute)
    const [renewed] = await world.store.subscriptions.list('acme', connectionId)
    expect(renewed?.createdAt).toBeGreaterThan(watch?.createdAt ?? Infinity)
    expect((await world.store.syncStates.get('acme', connectionId))?.cursor).toBe(before)
    expect(subjects(world)).toEqual([])
    outage.remove()
    await live(world, 30 * minute, 5 * minute)
    expect(subjects(world)).toEqual(wanted)
    expect(new Set(eventsOf(world, 'message.received').map(({ origin }) => origin))).toEqual(new Set(['live']))
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected' })
  })
})

describe('F35 mail that is hard to read', () => {
  it('arrives in the end, each once, when three readings of ten fail', async () => {
    const seed = seedOf('F35')
    const { world, connectionId } = await connected()
    await live(world, 5 * minute)
    const wanted = Array.from({ length: 120 }, (_, at) => `mail ${at}`)
    const place = new Map(world.sandbox.google.deliverMany(support, wanted.map(mail)).map(({ id }, at) => [id, at]))
    const asked = new Map<string, number>()
    intercept(world, (request, serve, { pathname }) => {
      const id = /\/messages\/(\w+)$/.exec(pathname)?.[1]
      if (id === undefined) return serve(request)
      const attempt = (asked.get(id) ?? 0) + 1
      asked.set(id, attempt)
      const roll = createDice(seed + (place.get(id) ?? 0) * 7_919 + attempt)()
      return roll < 0.3 ? Promise.resolve(new Response('{}', { status: 500 })) : serve(request)
    })
    for (let round = 0; round < 10 && subjects(world).length < wanted.length; round += 1) {
      await live(world, 3 * 60 * minute, 5 * minute)
      // Whoever failed five times was set aside, and told.
      const skipped = eventsOf(world, 'connection.item_skipped')
      expect(new Set(skipped.map(({ id }) => id)).size).toBe(skipped.length)
      const { quarantined } = await health(world, connectionId)
      expect(subjects(world).length + quarantined).toBe(wanted.length)
      if (quarantined > 0) expect(await world.sdk.gmail.redrive({ principal, connectionId })).toEqual({ redriven: quarantined })
    }
    expect(subjects(world).toSorted()).toEqual(wanted.toSorted())
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', quarantined: 0 })
    expect([...asked.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(wanted.length)
  })
})

describe('F44 a mailbox full of old mail', () => {
  it('imports none of it; what gets the label later comes as backfill, and new mail as live', async () => {
    const { world, connectionId } = await connected()
    await world.sdk.gmail.disconnect({ principal, connectionId })
    const old = 'archive@acme.test'
    world.sandbox.google.createAccount({ address: old })
    const help = world.sandbox.google.createLabel(old, 'Help')
    const delivered = world.sandbox.google.deliverMany(
      old,
      Array.from({ length: 2_000 }, (_, at) => mail(`old ${at}`)),
    )
    await world.sandbox.clock.advance(3 * day)
    const archive = await connectGmail(world, { address: old, name: 'Archive' })
    await world.sdk.gmail.update({ principal, connectionId: archive, changes: { settings: { labelIds: ['Help'] } } })
    await live(world, 30 * minute, 5 * minute)
    expect(eventsOf(world, 'message.received')).toEqual([])
    expect(calls(world, /^gmail\.messages\.(get|list)$/)).toEqual([])
    world.sandbox.google.changeLabels(old, delivered[7]?.id ?? '', { add: [help.id] })
    await live(world, 20 * minute, 5 * minute)
    world.sandbox.google.deliverMail(old, { ...mail('news'), labels: ['INBOX', help.id] })
    await live(world, 20 * minute, 5 * minute)
    expect(eventsOf(world, 'message.received').map(({ origin, message }) => [origin, message.subject])).toEqual([
      ['backfill', 'old 7'],
      ['live', 'news'],
    ])
  })
})
