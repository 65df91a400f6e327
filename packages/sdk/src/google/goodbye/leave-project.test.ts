import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../../test/journeys/create-world.ts'
import type { World } from '../../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../../test/journeys/expectations.ts'
import { live } from '../../../../../test/journeys/meddling.ts'
import { adminOf, grantGmail } from '../../../../../test/journeys/pubsub-console.ts'
import { calls, health, hour, mail, pass, provisioning, stepsOf, subjects } from '../../../../../test/journeys/watching.ts'
import { TenantryError } from '../../errors/index.ts'
import {
  changesFor,
  connectGmail,
  createGoogleApp,
  createMemorySecrets,
  setUpGoogle,
  signIn,
  testPrincipal as principal,
} from '../../testing/index.ts'
import type { GoogleChanges } from '../../wire/index.ts'

const minute = 60_000
const support = 'support@acme.test'
const start = Date.UTC(2026, 10, 21, 8)
const replace = (value: string) => ({ action: 'replace' as const, value })
const remove = { action: 'remove' } as const

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  return { world, setup, connectionId: await connectGmail(world) }
}

const save = (world: World, changes: GoogleChanges) => world.sdk.google.save({ principal, changes })

/** What there is in a project. */
const namesIn = ({ sandbox }: World, { projectId }: { projectId: string }) => {
  const { topics, subscriptions } = sandbox.snapshot()
  return [...topics, ...subscriptions].map(({ name }) => name).filter((name) => name.startsWith(`projects/${projectId}/`))
}

const goodbye = async (world: World) => (await world.sdk.google.status({ principal })).goodbye

async function announces(world: World, subject: string): Promise<void> {
  const before = world.sandbox.deliveries.length
  // Gmail announces once a second at most.
  await pass(world, 2_000)
  world.sandbox.google.deliverMail(support, mail(subject))
  await world.settle()
  expect(world.sandbox.deliveries.slice(before).filter(({ kind }) => kind === 'pubsub')).toMatchObject([{ status: 204 }])
  expect(subjects(world)).toContain(subject)
}

describe('a save that changes the project', () => {
  it('deletes what was made in the old one, and loses no mail', async () => {
    const { world, setup, connectionId } = await connected({ gmail: { deadLetter: { maxDeliveryAttempts: 5 } } })
    expect(namesIn(world, setup)).toHaveLength(4)
    const second = await createGoogleApp(world)
    world.sandbox.google.deliverMail(support, mail('before'))
    expect((await save(world, changesFor(second))).goodbye).toEqual({ total: 1, done: 1, pending: [], givenUp: [] })
    expect(namesIn(world, setup)).toEqual([])
    world.sandbox.google.deliverMail(support, mail('between'))
    await pass(world, hour)
    const again = await world.sdk.gmail.reconnect({ principal, connectionId })
    await signIn(world, again, { address: support })
    await world.settle()
    expect(namesIn(world, second)).toHaveLength(4)
    await announces(world, 'after')
    expect(subjects(world)).toEqual(['before', 'between', 'after'])
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it('tries again while Pub/Sub is down, and says in which project something is left', async () => {
    const { world, setup } = await connected()
    const outage = world.sandbox.faults.add({ operation: /^pubsub\./, kind: 'status', status: 503 })
    await save(world, changesFor(await createGoogleApp(world)))
    const left = { connectionId: null, name: setup.projectId, code: 'provider_unavailable' }
    expect(await goodbye(world)).toMatchObject({ total: 1, done: 0, pending: [left], givenUp: [] })
    await live(world, 6 * 24 * hour, 12 * hour)
    expect(await goodbye(world)).toMatchObject({ pending: [left] })
    outage.remove()
    await live(world, 2 * hour, 10 * minute)
    expect(await goodbye(world)).toMatchObject({ total: 1, done: 1, pending: [], givenUp: [] })
    expect(namesIn(world, setup)).toEqual([])
  })

  it('gives up after seven days, and still says where', async () => {
    const { world, setup } = await connected()
    world.sandbox.faults.add({ operation: 'pubsub.topics.delete', kind: 'status', status: 403 })
    await save(world, changesFor(await createGoogleApp(world)))
    await live(world, 8 * 24 * hour, 12 * hour)
    const left = { connectionId: null, name: setup.projectId, code: 'pubsub_forbidden' }
    expect(await goodbye(world)).toEqual({ total: 1, done: 0, pending: [], givenUp: [left] })
    expect(namesIn(world, setup)).toEqual([expect.stringContaining('/topics/')])
  })

  it('does not take a project that Google does not show for one where nothing is left', async () => {
    const { world, setup } = await connected()
    const message = `Requested project not found or user does not have access to it (project=${setup.projectId}).`
    const body = JSON.stringify({ error: { code: 404, message, status: 'NOT_FOUND' } })
    const hidden = world.sandbox.faults.add({ operation: /^pubsub\..*delete$/, kind: 'status', status: 404, body })
    await save(world, changesFor(await createGoogleApp(world)))
    expect(await goodbye(world)).toMatchObject({ done: 0, pending: [{ name: setup.projectId, code: 'pubsub_forbidden' }] })
    hidden.remove()
    await live(world, 2 * hour, 10 * minute)
    expect(await goodbye(world)).toMatchObject({ done: 1, pending: [] })
    expect(namesIn(world, setup)).toEqual([])
  })

  it('is held by the system once the tenant is deleted', async () => {
    const { world, setup } = await connected()
    const outage = world.sandbox.faults.add({ operation: /^pubsub\..*delete$/, kind: 'status', status: 503 })
    const second = await createGoogleApp(world)
    await save(world, changesFor(second))
    await world.sdk.tenants.delete({ tenantId: 'acme' })
    outage.remove()
    await live(world, 10 * minute)
    expect([...namesIn(world, setup), ...namesIn(world, second)]).toEqual([])
  })

  it('deletes nothing that was there before', async () => {
    const world = createWorld()
    const setup = await setUpGoogle(world)
    const { topic = '' } = (await provisioning(world))?.names ?? {}
    const { key, pubsub } = await adminOf(world, setup)
    await pubsub.createTopic(key, topic, { team: 'support' })
    await grantGmail(pubsub, key, topic)
    await connectGmail(world)
    await save(world, changesFor(await createGoogleApp(world)))
    expect(namesIn(world, setup)).toEqual([topic])
    expect(await goodbye(world)).toMatchObject({ total: 1, done: 1 })
  })

  it('asks nothing of a project in which nothing was made', async () => {
    const world = createWorld()
    const wrong = await setUpGoogle(world)
    world.sandbox.google.deleteServiceAccountKeys(JSON.parse(wrong.serviceAccountKey).client_email)
    await world.sdk.google.provision({ principal })
    world.sandbox.clearRequests()
    await setUpGoogle(world)
    expect([calls(world, /^pubsub\./), await goodbye(world)]).toEqual([[], null])
  })

  it('and changes it back has mail announced again by a new watch, whether or not it was deleted meanwhile', async () => {
    const { world, setup, connectionId } = await connected()
    const second = await createGoogleApp(world)
    await save(world, changesFor(second))
    expect(namesIn(world, setup)).toEqual([])
    world.sandbox.clearRequests()
    await save(world, changesFor(setup))
    await world.settle()
    expect(calls(world, /^gmail\.watch$/)).toHaveLength(1)
    await announces(world, 'after the first time')
    const outage = world.sandbox.faults.add({ operation: /^pubsub\..*delete$/, kind: 'status', status: 503 })
    await save(world, changesFor(second))
    await save(world, changesFor(setup))
    outage.remove()
    await live(world, 2 * minute)
    expect(namesIn(world, setup)).toHaveLength(2)
    await announces(world, 'after the second time')
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })
})

describe('what the new project says of itself', () => {
  it('stays when something of the old one is deleted later: that it could not be set up', async () => {
    const { world } = await connected()
    const outage = world.sandbox.faults.add({ operation: /^pubsub\..*delete$/, kind: 'status', status: 503 })
    const second = await createGoogleApp(world)
    const bare = await world.sandbox.google.createServiceAccount({ projectId: second.projectId, name: 'bare-key', roles: [] })
    await save(world, { ...changesFor(second), serviceAccountKey: replace(bare.keyJson()) })
    await world.sdk.google.provision({ principal })
    outage.remove()
    await live(world, 2 * minute)
    expect(await goodbye(world)).toMatchObject({ total: 1, done: 1 })
    expect(await stepsOf(world)).toMatchObject({ topic: 'pubsub_forbidden' })
  })

  it('stays when something of the old one is deleted later: what it still pushes is genuine', async () => {
    const { world } = await connected()
    const outage = world.sandbox.faults.add({ operation: /^pubsub\..*delete$/, kind: 'status', status: 503 })
    const second = await createGoogleApp(world)
    await save(world, changesFor(second))
    await world.sdk.google.provision({ principal })
    const pinned = await world.store.pushEndpoints.get('acme', 'google')
    await save(world, { serviceAccountKey: remove })
    outage.remove()
    world.sandbox.faults.add({ operation: /^pubsub\..*delete$/, path: new RegExp(second.projectId), kind: 'status', status: 503 })
    await live(world, 2 * minute)
    expect((await goodbye(world))?.pending).toMatchObject([{ name: second.projectId }])
    expect(pinned?.subscription).toContain(second.projectId)
    expect(await world.store.pushEndpoints.get('acme', 'google')).toMatchObject({ subscription: pinned?.subscription })
  })
})

describe('a save that fails', () => {
  it.each(['conflict', 'unavailable'] as const)('with %s deletes nothing that is in use, and nothing is told', async (code) => {
    const secrets = createMemorySecrets({ now: () => start })
    const { put } = secrets
    let fails = false
    secrets.put = (...given) => (fails ? Promise.reject(new TenantryError(code)) : put.apply(secrets, given))
    const { world, setup } = await connected({ secrets })
    const second = await createGoogleApp(world)
    fails = true
    expect(await codeOf(save(world, changesFor(second)))).toBe(code)
    expect(await goodbye(world)).toMatchObject({ pending: [], givenUp: [] })
    await live(world, 10 * minute)
    expect(namesIn(world, setup)).toHaveLength(2)
    expect(calls(world, /^pubsub\..*delete$/)).toEqual([])
    await announces(world, 'as before')
  })
})

describe('a save that takes long', () => {
  it.each([1, 9])('%i minutes after it began, leaves nothing in the old project, whoever looked meanwhile', async (minutes) => {
    const secrets = createMemorySecrets({ now: () => start })
    const { put } = secrets
    let whileItLasts = (): Promise<unknown> => Promise.resolve()
    secrets.put = async (...given) => {
      await whileItLasts()
      return put.apply(secrets, given)
    }
    const { world, setup } = await connected({ secrets })
    const second = await createGoogleApp(world)
    whileItLasts = () => live(world, minutes * minute)
    expect((await save(world, changesFor(second))).goodbye).toEqual({ total: 1, done: 1, pending: [], givenUp: [] })
    expect(namesIn(world, setup)).toEqual([])
  })

  it('never ends, deletes nothing, and is forgotten', async () => {
    const secrets = createMemorySecrets({ now: () => start })
    const { put } = secrets
    let hangs = false
    secrets.put = (...given) => (hangs ? new Promise(() => undefined) : put.apply(secrets, given))
    const { world, setup } = await connected({ secrets })
    const second = await createGoogleApp(world)
    hangs = true
    void save(world, changesFor(second))
    await live(world, 60 * minute)
    expect(namesIn(world, setup)).toHaveLength(2)
    expect(await goodbye(world)).toMatchObject({ pending: [], givenUp: [] })
  })
})

describe('a save that takes the key away', () => {
  it('deletes what only the key could look after; with a key again mail is announced by a new watch', async () => {
    const { world, setup, connectionId } = await connected()
    await save(world, { serviceAccountKey: remove })
    expect(namesIn(world, setup)).toEqual([])
    world.sandbox.google.deliverMail(support, mail('without'))
    await pass(world, hour)
    world.sandbox.clearRequests()
    await save(world, { serviceAccountKey: replace(setup.serviceAccountKey) })
    await world.settle()
    expect(calls(world, /^gmail\.watch$/)).toHaveLength(1)
    await announces(world, 'with')
    expect(subjects(world)).toEqual(['without', 'with'])
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it('deletes it where mail is polled, and where it is announced by hand to another topic', async () => {
    for (const changes of [{ notifications: 'polling' }, { notifications: 'manual', topicName: 'own-topic' }] as const) {
      const { world, setup } = await connected()
      await save(world, changes)
      await world.settle()
      expect(namesIn(world, setup)).toHaveLength(2)
      await save(world, { serviceAccountKey: remove })
      expect(namesIn(world, setup)).toEqual([])
    }
  })
})

describe('a save that leaves the key, or the topic, in use', () => {
  it.each([
    ['by polling', { notifications: 'polling' }],
    ['by hand', { notifications: 'manual' }],
    ['by hand, without the key', { notifications: 'manual', serviceAccountKey: remove }],
    ['by hand, to another topic', { notifications: 'manual', topicName: 'own-topic' }],
  ] as const)('%s: deletes nothing', async (_, changes) => {
    const { world, setup } = await connected()
    expect((await save(world, changes)).goodbye).toBeNull()
    await live(world, 10 * minute)
    expect(namesIn(world, setup)).toHaveLength(2)
  })

  it('with another key of the same project: deletes nothing', async () => {
    const { world, setup } = await connected()
    const other = await world.sandbox.google.createServiceAccount({ projectId: setup.projectId, name: 'another' })
    expect((await save(world, { serviceAccountKey: replace(other.keyJson()) })).goodbye).toBeNull()
    await world.settle()
    await announces(world, 'signed by the other')
  })
})
