import { describe, expect, it } from 'vitest'
import { connectGmail, createMemoryStore, setUpGoogle } from '@tenantry/sdk/testing'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { connected, eventsOf, intercept, live, minute } from './meddling.ts'
import { calls, mail, subjects } from './watching.ts'

const support = 'support@acme.test'

describe('F36 a backlog that no single run gets through', () => {
  // A run has 30 s; reading one mail takes 100 ms here, and reading is what takes time.
  const readMs = 100
  const perRun = 30_000 / readMs

  it.each(['history', 'search'] as const)(
    'is read in ceil(n / budget) runs, each mail once, and the %s is gone through once',
    async (way) => {
      const store = createMemoryStore()
      let runs = 0
      const acquire: typeof store.syncStates.acquire = async (...input) => {
        const lease = await store.syncStates.acquire(...input)
        if (lease !== null) runs += 1
        return lease
      }
      const { world } = await connected({ store: { ...store, syncStates: { ...store.syncStates, acquire } } })
      await live(world, 5 * minute)
      world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
      const wanted = Array.from({ length: 1_100 }, (_, at) => `mail ${at}`)
      world.sandbox.google.deliverMany(support, wanted.map(mail))
      if (way === 'search') world.sandbox.google.expireHistory(support)
      world.sandbox.clearRequests()
      intercept(world, async (request, serve, { pathname }) => {
        if (/\/messages\/\w+$/.test(pathname)) await world.sandbox.clock.advance(readMs)
        return serve(request)
      })
      await world.sandbox.clock.advance(10 * minute)
      runs = 0
      for (let at = 0; at < 40 && subjects(world).length < wanted.length; at += 1) await world.sdk.maintenance.sweep()
      expect(runs).toBeLessThanOrEqual(Math.ceil(wanted.length / perRun))
      expect(runs).toBeGreaterThan(2)
      await world.settle()
      expect(subjects(world).toSorted()).toEqual(wanted.toSorted())
      expect(calls(world, /^gmail\.messages\.get$/)).toHaveLength(wanted.length)
      const operation = way === 'search' ? 'gmail.messages.list' : 'gmail.history.list'
      const pages = world.sandbox.requests.filter((made) => made.operation === operation).map(({ url }) => new URL(url).searchParams)
      // From the beginning once; the others go on where a run ended, which for the search may be its last page until all of that was read.
      const old = pages.filter((query) => way === 'search' || query.get('startHistoryId') === pages[0]?.get('startHistoryId'))
      expect(old.filter((query) => !query.has('pageToken'))).toHaveLength(1)
      expect(new Set(old.map((query) => query.get('pageToken'))).size).toBe(3)
      expect(pages.length).toBeLessThanOrEqual(3 + runs)
      if (way === 'search') expect(eventsOf(world, 'connection.gap_recovered')).toMatchObject([{ count: wanted.length }])
    },
  )
})

describe('F63 history ids as large as they can be', () => {
  async function mailboxAt(historyId: string): Promise<{ world: World; connectionId: string; address: string }> {
    const world = createWorld()
    const address = 'big@acme.test'
    world.sandbox.google.createAccount({ address, historyId })
    await setUpGoogle(world)
    return { world, connectionId: await connectGmail(world, { address, name: 'Big' }), address }
  }
  const cursorOf = async (world: World, connectionId: string) => (await world.store.syncStates.get('acme', connectionId))?.cursor

  it.each([
    ['near 2^64 - 1, beyond what a number holds', String(2n ** 64n - 1n - 700n)],
    ['beyond 2^63 - 1', String(2n ** 63n - 30n)],
    ['beyond 2^53', String(2n ** 53n - 30n)],
    ['from nine to ten digits', '999999970'],
  ])('%s: nothing is lost and nothing comes twice, announced as number or as string', async (_, historyId) => {
    const { world, connectionId, address } = await mailboxAt(historyId)
    const wanted: string[] = []
    let last = historyId
    for (let at = 0; at < 20; at += 1) {
      world.sandbox.google.historyIdAs(at % 2 === 0 ? 'number' : 'string')
      await world.sandbox.clock.advance(2_000)
      wanted.push(`mail ${at}`)
      last = world.sandbox.google.deliverMail(address, mail(`mail ${at}`)).historyId
      await world.settle()
      expect(await cursorOf(world, connectionId)).toBe(last)
    }
    expect(BigInt(last) > BigInt(historyId)).toBe(true)
    await live(world, 60 * minute, 5 * minute)
    expect(subjects(world)).toEqual(wanted)
    expect(calls(world, /^gmail\.messages\.get$/)).toHaveLength(20)
    expect(world.sandbox.deliveries.filter(({ status }) => status !== 204)).toEqual([])
  })

  it.each(['999999970', String(2n ** 64n - 1n - 700n)])(
    'a replica that lags behind takes the cursor not back (from %s)',
    async (historyId) => {
      const { world, connectionId, address } = await mailboxAt(historyId)
      const answers: string[] = []
      world.sandbox.google.deliverMail(address, mail('first'))
      await world.settle()
      const stood = await cursorOf(world, connectionId)
      intercept(world, async (request, serve, { pathname }) => {
        const answer = await serve(request)
        if (!pathname.endsWith('/history') || answers.length > 0) return answer
        answers.push(historyId)
        return Response.json({ historyId })
      })
      await world.sandbox.clock.advance(2_000)
      world.sandbox.google.deliverMail(address, mail('second'))
      await world.settle()
      expect(answers).toHaveLength(1)
      expect(BigInt((await cursorOf(world, connectionId)) ?? '0') >= BigInt(stood ?? '0')).toBe(true)
      await live(world, 20 * minute, 5 * minute)
      expect(subjects(world)).toEqual(['first', 'second'])
      expect(calls(world, /^gmail\.messages\.get$/)).toHaveLength(2)
    },
  )

  it.each([String(2n ** 64n), '-1', '1e6', 'none', ''])(
    'an answer with the history id %j is refused and moves nothing',
    async (historyId) => {
      const { world, connectionId, address } = await mailboxAt('1000')
      const stood = await cursorOf(world, connectionId)
      let lies = true
      intercept(world, async (request, serve, { pathname }) =>
        lies && pathname.endsWith('/history') ? Response.json({ historyId }) : serve(request),
      )
      world.sandbox.google.deliverMail(address, mail('kept'))
      await live(world, 3 * minute)
      expect(await cursorOf(world, connectionId)).toBe(stood)
      expect(subjects(world)).toEqual([])
      lies = false
      await live(world, 20 * minute)
      expect(subjects(world)).toEqual(['kept'])
    },
  )
})
