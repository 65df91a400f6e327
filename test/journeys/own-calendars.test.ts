import { describe, expect, it } from 'vitest'
import { createClient } from '@tenantry/sdk/client'
import type { Principal } from '@tenantry/sdk/model'
import type { Authorize } from '@tenantry/sdk/ports'
import { connectCalendar, connectGmail, setUpGoogle, signIn } from '@tenantry/sdk/testing'
import { createHandler } from '@tenantry/server-adapters/http'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { codeOf } from './expectations.ts'

const person = (tenantId: string, userId: string): Principal => ({ tenantId, userId, displayName: userId })
const ada = person('acme', 'ada')
const tom = person('acme', 'tom')
const erik = person('acme', 'erik')
const gail = person('globex', 'gail')

/** A host's rule: an admin everything, a technician the setup to read and calendars of their own. */
const authorize: Authorize = ({ principal, action, connection }) => {
  if (principal.userId === 'ada' || principal.userId === 'gail') return true
  if (action.startsWith('google.')) return action === 'google.read'
  return connection === null || (connection.provider === 'google-calendar' && connection.ownerUserId === principal.userId)
}

const addressOf = ({ userId }: Principal) => `${userId}@acme.test`

/** Each technician with a calendar, an admin with the mailbox, and another tenant. */
async function connected() {
  const world = createWorld({ authorize })
  for (const who of [tom, erik, gail]) world.sandbox.google.createAccount({ address: addressOf(who), name: who.userId })
  await setUpGoogle(world, { principal: ada })
  await setUpGoogle(world, { principal: gail })
  const calendarOf = (who: Principal) => connectCalendar(world, { principal: who, address: addressOf(who), name: who.userId })
  const [toms, eriks, gails] = [await calendarOf(tom), await calendarOf(erik), await calendarOf(gail)]
  return { world, toms, eriks, gails, mailId: await connectGmail(world, { principal: ada }) }
}

const window = { from: '2026-11-21T00:00:00Z', to: '2026-11-28T00:00:00Z' }
const event = {
  title: 'On call',
  start: { dateTime: '2026-11-23T09:00:00Z' },
  end: { dateTime: '2026-11-23T17:00:00Z' },
}

/** Everything that can be asked of one calendar, what ends it last. */
function everythingOf({ sdk: { calendar } }: World, who: Principal, connectionId: string): [string, () => Promise<unknown>][] {
  const one = { principal: who, connectionId }
  const written = { eventId: 'e1', etag: '*' }
  return [
    ['get', () => calendar.get(one)],
    ['update', () => calendar.update({ ...one, changes: { name: 'Mine' } })],
    ['choices', () => calendar.choices(one)],
    [
      'connectAnother',
      () => calendar.connectAnother({ ...one, settings: { name: 'Spare', calendarId: 'spare@group.calendar.google.com' } }),
    ],
    ['sync', () => calendar.sync(one)],
    ['diagnose', () => calendar.diagnose(one)],
    ['supportBundle', () => calendar.supportBundle(one)],
    ['repair', () => calendar.repair(one)],
    ['redrive', () => calendar.redrive(one)],
    ['client', () => calendar.client(one)],
    ['events.create', () => calendar.events.create({ ...one, event, idempotencyKey: 'k1' })],
    ['events.list', () => calendar.events.list({ ...one, ...window })],
    ['freeBusy', () => calendar.freeBusy({ ...one, ...window })],
    ['events.get', () => calendar.events.get({ ...one, eventId: 'e1' })],
    ['events.update', () => calendar.events.update({ ...one, ...written, changes: { title: 'Off' }, idempotencyKey: 'k2' })],
    ['events.delete', () => calendar.events.delete({ ...one, ...written })],
    ['reconnect', () => calendar.reconnect(one)],
    ['disconnect', () => calendar.disconnect(one)],
    ['remove', () => calendar.remove(one)],
  ]
}

/** What each answers: `(succeeded)` or its code. */
async function answersTo(world: World, who: Principal, connectionId: string): Promise<Record<string, string>> {
  const answers: [string, string][] = []
  for (const [name, ask] of everythingOf(world, who, connectionId)) answers.push([name, await codeOf(ask())])
  return Object.fromEntries(answers)
}

const listed = async ({ sdk }: World, who: Principal) =>
  (await sdk.connections.list({ principal: who })).connections.map(({ id }) => id).toSorted()

describe('a technician', () => {
  it('sees their own calendar and nothing else', async () => {
    const { world, toms, eriks } = await connected()
    expect(await listed(world, tom)).toEqual([toms])
    expect(await listed(world, erik)).toEqual([eriks])
    expect((await world.sdk.calendar.list({ principal: tom })).connections).toMatchObject([
      {
        owner: { userId: 'tom' },
        permissions: { update: true, reconnect: true, disconnect: true, remove: true, sync: true, diagnose: true },
      },
    ])
    expect((await world.sdk.gmail.list({ principal: tom })).connections).toEqual([])
  })

  it.each(['a colleague’s', 'a mailbox', 'another tenant’s'])(
    'finds %s connection not there, whatever they ask of it, and changes nothing',
    async (whose) => {
      const { world, eriks, gails, mailId } = await connected()
      const target = { 'a colleague’s': eriks, 'a mailbox': mailId, 'another tenant’s': gails }[whose] ?? ''
      const before = JSON.stringify(await world.store.connections.findById(target))
      world.sandbox.clearRequests()
      const answers = await answersTo(world, tom, target)
      expect(answers).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, 'not_found'])))
      // As of one that does not exist.
      expect(await answersTo(world, tom, 'no-such-connection')).toEqual(answers)
      expect(world.sandbox.requests).toEqual([])
      expect(JSON.stringify(await world.store.connections.findById(target))).toBe(before)
    },
  )

  it('may do everything with their own', async () => {
    const { world, toms } = await connected()
    const missing = { 'events.get': 'event_gone', 'events.update': 'event_gone' }
    const answers = await answersTo(world, tom, toms)
    expect(answers).toEqual({ ...Object.fromEntries(Object.keys(answers).map((name) => [name, '(succeeded)'])), ...missing })
  })

  it('connects calendars for themselves, and no mailbox', async () => {
    const { world } = await connected()
    const spare = world.sandbox.google.createCalendar(addressOf(tom), { summary: 'Spare' })
    const begun = await world.sdk.calendar.connect({ principal: tom, settings: { name: 'Spare', calendarId: spare.id } })
    expect(await signIn(world, begun, { address: addressOf(tom), principal: erik })).toMatchObject({ code: 'session_mismatch' })
    const mailbox = world.sdk.gmail.connect({ principal: tom, settings: { name: 'Mail', mailbox: 'sales@acme.test' } })
    expect(await codeOf(mailbox)).toBe('forbidden')
    expect(await codeOf(world.sdk.google.save({ principal: tom, changes: { calendarMode: 'separate' } }))).toBe('forbidden')
  })

  it('keeps what is theirs when an admin makes another or signs in for them', async () => {
    const { world, toms } = await connected()
    const spare = world.sandbox.google.createCalendar(addressOf(tom), { summary: 'Spare' })
    const settings = { name: 'Spare', calendarId: spare.id }
    const { id } = await world.sdk.calendar.connectAnother({ principal: ada, connectionId: toms, settings })
    expect(await listed(world, tom)).toEqual([toms, id].toSorted())
    const begun = await world.sdk.calendar.reconnect({ principal: ada, connectionId: toms })
    expect(await signIn(world, begun, { address: addressOf(tom), principal: ada })).toMatchObject({ outcome: 'connected' })
    expect(await listed(world, tom)).toEqual([toms, id].toSorted())
    expect(await codeOf(world.sdk.calendar.get({ principal: erik, connectionId: id }))).toBe('not_found')
  })
})

describe('an admin', () => {
  it('sees all of the tenant and nothing of another', async () => {
    const { world, toms, eriks, gails, mailId } = await connected()
    expect(await listed(world, ada)).toEqual([toms, eriks, mailId].toSorted())
    expect(await listed(world, gail)).toEqual([gails])
    expect(Object.values(await answersTo(world, ada, gails)).filter((code) => code !== 'not_found')).toEqual([])
  })

  it('manages a technician’s calendar', async () => {
    const { world, toms } = await connected()
    const { 'events.get': _, 'events.update': __, ...answers } = await answersTo(world, ada, toms)
    expect(Object.values(answers).filter((code) => code !== '(succeeded)')).toEqual([])
    expect(await listed(world, tom)).toHaveLength(1)
  })
})

describe('over HTTP', () => {
  it('a technician gets 404 for a colleague’s calendar and their own list', async () => {
    const { world, toms, eriks } = await connected()
    const handler = createHandler(world.sdk, { identify: () => tom, logger: world.logger })
    const origin = world.sdk.baseUrl
    const statuses: number[] = []
    const { connections } = createClient({
      origin,
      fetch: async (url, init) => {
        const response = await handler(new Request(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), origin } }))
        statuses.push(response.status)
        return response
      },
    })
    expect((await connections.list()).map(({ id }) => id)).toEqual([toms])
    const settings = { name: 'Spare', calendarId: 'spare@group.calendar.google.com' }
    expect(await codeOf(connections.connectAnother(eriks, { settings }))).toBe('not_found')
    expect(await codeOf(connections.disconnect(eriks))).toBe('not_found')
    expect(await connections.connectAnother(toms, { settings })).toMatchObject({ name: 'Spare', owner: { userId: 'tom' } })
    expect(statuses).toEqual([200, 404, 404, 200])
  })
})
