import { describe, expect, it } from 'vitest'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import {
  connectCalendar,
  connectGmail,
  createMemoryKeys,
  createMemorySecrets,
  createMemoryStore,
  createTestTenantry,
  setUpGoogle,
  testPrincipal as principal,
} from '@tenantry/sdk/testing'
import type { TestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { countCalls } from './expectations.ts'
import { connected, day, eventsOf, live, minute } from './meddling.ts'
import { mail, subjects } from './watching.ts'

const support = 'support@acme.test'
const dana = 'dana@acme.test'
const second = 1_000

/** What Gmail takes of its 6,000 units a minute. Source: developers.google.com/workspace/gmail/api/reference/quota. */
const units: Readonly<Record<string, number>> = {
  'gmail.messages.get': 20,
  'gmail.messages.list': 5,
  'gmail.history.list': 2,
  'gmail.labels.list': 1,
  'gmail.profile.get': 1,
  'gmail.watch': 100,
  'gmail.stop': 50,
}
const gmailLimit = 6_000
const calendarLimit = 600

/** One tenant whose upkeep is done by so many processes, on one store. */
async function start(processes: number) {
  const calls: string[] = []
  const shared = {
    store: countCalls(createMemoryStore(), calls),
    secrets: createMemorySecrets({ now: () => world.sandbox.clock.now() }),
    keys: createMemoryKeys(),
    paced: true,
  }
  const world: World = createWorld(shared)
  const { sandbox } = world
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  const others = Array.from({ length: processes - 1 }, () => createTestTenantry({ sandbox, google, ...shared }))
  const all: readonly TestTenantry[] = [world, ...others]
  await setUpGoogle(world)
  return { world, calls, all }
}

/** All processes at once, until none finds anything that is due. */
async function work(world: World, all: readonly TestTenantry[]): Promise<void> {
  for (let claimed = 1; claimed > 0;) {
    await world.sandbox.settled()
    const sweeps = await Promise.all(all.map(({ sdk }) => sdk.maintenance.sweep()))
    claimed = sweeps.reduce((sum, sweep) => sum + sweep.claimed, 0)
  }
}

/** The most that any span of a minute saw. */
function busiestMinute({ sandbox }: World, weigh: (operation: string) => number): number {
  const asked = sandbox.requests.map(({ at, operation }) => ({ at, weight: weigh(operation) })).filter(({ weight }) => weight > 0)
  let from = 0
  let sum = 0
  let most = 0
  for (const { at, weight } of asked) {
    sum += weight
    while (at - (asked[from]?.at ?? at) >= minute) {
      sum -= asked[from]?.weight ?? 0
      from += 1
    }
    most = Math.max(most, sum)
  }
  return most
}

const gmailUnits = (operation: string): number => units[operation] ?? (operation.startsWith('gmail.') ? Number.NaN : 0)
const calendarRequests = (operation: string): number => (operation.startsWith('calendar.') ? 1 : 0)

const degradations = (all: readonly TestTenantry[]) => all.flatMap((process) => eventsOf(process, 'connection.degraded'))

describe.each([1, 4])('with %i processes', (processes) => {
  it('5,000 mails of one account arrive, each once, within what Gmail allows in any minute', async () => {
    const { world, all } = await start(processes)
    const connectionId = await connectGmail(world)
    await live(world, 5 * minute)
    const wanted = Array.from({ length: 5_000 }, (_, at) => `mail ${at}`)
    world.sandbox.clearRequests()
    world.sandbox.google.deliverMany(support, wanted.map(mail))
    const arrived = () => all.flatMap(subjects)
    const begunAt = world.sandbox.clock.now()
    for (let step = 0; step < 720 && arrived().length < wanted.length; step += 1) {
      await work(world, all)
      expect((await world.sdk.gmail.get({ principal, connectionId })).health.status).toBe('connected')
      await world.sandbox.clock.advance(5 * second)
    }
    expect(arrived().toSorted()).toEqual(wanted.toSorted())
    const most = busiestMinute(world, gmailUnits)
    expect(most).toBeLessThanOrEqual(gmailLimit)
    // What is there is used, or an import would take for ever.
    expect(most).toBeGreaterThan(gmailLimit / 2)
    expect(world.sandbox.clock.now() - begunAt).toBeLessThan(50 * minute)
    expect(world.sandbox.requests.filter(({ status }) => status === 429)).toEqual([])
    expect((await world.sdk.maintenance.report()).broken).toEqual([])
    expect(degradations(all)).toEqual([])
  }, 120_000)

  it('40 calendars of one account that change again and again ask no more than Google allows in any minute', async () => {
    const { world, all } = await start(processes)
    const ids: string[] = []
    for (let at = 0; at < 40; at += 1) {
      const { id: calendarId } = world.sandbox.google.createCalendar(dana, { summary: `Team ${at}` })
      ids.push(await connectCalendar(world, { name: `Team ${at}`, settings: { calendarId } }))
      // Time enough for what connecting asks.
      await world.sandbox.clock.advance(10 * second)
      await world.settle()
    }
    await live(world, 5 * minute)
    world.sandbox.clearRequests()
    const settingsOf = async (connectionId: string) => (await world.store.connections.findById(connectionId))?.settings['calendarId']
    const calendarIds = await Promise.all(ids.map(settingsOf))
    const wanted: string[] = []
    for (let step = 0; step < 60; step += 1) {
      for (const [at, calendarId] of calendarIds.entries()) {
        const summary = `${step} of ${at}`
        wanted.push(summary)
        const startsAt = new Date(world.sandbox.clock.now() + day).toISOString()
        world.sandbox.google.createEvent(dana, String(calendarId), { summary, start: { dateTime: startsAt }, end: { dateTime: startsAt } })
        // And nobody knows whether the notification came first.
        await all[at % all.length]?.sdk.calendar.sync({ principal, connectionId: ids[at] ?? '' })
      }
      await work(world, all)
      await world.sandbox.clock.advance(3 * second)
    }
    for (let step = 0; step < 60; step += 1) {
      await world.sandbox.clock.advance(5 * second)
      await work(world, all)
    }
    const told = all.flatMap((process) => eventsOf(process, 'calendar.changed')).map(({ change }) => change.title)
    expect(told.toSorted()).toEqual(wanted.toSorted())
    const most = busiestMinute(world, calendarRequests)
    expect(most).toBeLessThanOrEqual(calendarLimit)
    expect(most).toBeGreaterThan(calendarLimit / 2)
    const statuses = (await world.sdk.calendar.list({ principal })).connections.map(({ health }) => health.status)
    expect(new Set(statuses)).toEqual(new Set(['connected']))
    expect(degradations(all)).toEqual([])
  }, 120_000)
})

describe('budgets that nobody comes near', () => {
  it('cost a mailbox next to no write in a day of mail, looks and renewals', async () => {
    const calls: string[] = []
    const { world } = await connected({ store: countCalls(createMemoryStore(), calls), paced: true })
    for (let at = 0; at < 24; at += 1) {
      world.sandbox.google.deliverMail(support, mail(`mail ${at}`))
      await live(world, 60 * minute, 5 * minute)
    }
    expect(subjects(world)).toHaveLength(24)
    expect(world.sandbox.requests.filter(({ operation }) => operation === 'gmail.history.list').length).toBeGreaterThan(90)
    expect(calls.filter((call) => call.includes('syncStates.acquire')).length).toBeGreaterThan(90)
    // A look, a mail and a renewal may fall into one minute, by the jitter of the connection's random name.
    expect(calls.filter((call) => call.includes('budgets.take')).length).toBeLessThanOrEqual(2)
  })

  it('leave the host its own requests, also when upkeep has used up its part', async () => {
    const { world, connectionId } = await connected({ paced: true })
    await live(world, 5 * minute)
    world.sandbox.google.deliverMany(
      support,
      Array.from({ length: 300 }, (_, at) => mail(`mail ${at}`)),
    )
    await world.settle()
    expect(subjects(world).length).toBeLessThan(300)
    const { gateway, accessToken } = await world.sdk.gmail.client({ connectionId })
    expect((await gateway.getProfile({ accessToken: await accessToken() })).emailAddress).toBe(support)
    expect((await world.sdk.gmail.diagnose({ principal, connectionId })).checks.filter(({ status }) => status === 'fail')).toEqual([])
    await live(world, 5 * minute, 15 * second)
    expect(subjects(world)).toHaveLength(300)
  })
})
