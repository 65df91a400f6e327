import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { live } from '../../../../test/journeys/meddling.ts'
import { createEnvelope } from '../crypto/envelope.ts'
import { createWebCrypto } from '../crypto/web-crypto.ts'
import { TenantryError } from '../errors/index.ts'
import { systemTenantId } from '../model/principal.ts'
import { Secret } from '../model/secret.ts'
import { tokenContext } from '../connections/token-context.ts'
import {
  changesFor,
  complete,
  connectCalendar,
  connectGmail,
  consent,
  createGoogleApp,
  createMemoryKeys,
  createMemorySecrets,
  createMemoryStore,
  createSeededRandom,
  setUpGoogle,
  testPrincipal as principal,
} from '../testing/index.ts'
import type { MemoryStore } from '../testing/index.ts'

const minute = 60_000
const globex = { tenantId: 'globex', userId: 'gail' }
const tables = [
  'connections',
  'tokens',
  'flows',
  'subscriptions',
  'pushEndpoints',
  'syncStates',
  'inbox',
  'outbox',
  'contents',
  'items',
  'tasks',
  'dataKeys',
  'breakers',
  'budgets',
  'attempts',
  'refreshes',
  'goodbyes',
] as const

async function lived() {
  const store = createMemoryStore()
  const world = createWorld({ store })
  await setUpGoogle(world)
  const gmailId = await connectGmail(world)
  const calendarId = await connectCalendar(world)
  world.sandbox.google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject: 'before', text: 'x' })
  await world.settle()
  await world.sdk.gmail.connect({ principal, settings: { name: 'Half', mailbox: 'half@acme.test' } })
  world.sandbox.clearRequests()
  return { store, world, gmailId, calendarId }
}

/** A tenant that is deleted while somebody saves: sealed with a key that is destroyed then, the Google app cannot be read any more. */
async function deletedDuringSave() {
  const store = createMemoryStore()
  const secrets = createMemorySecrets()
  const { get, destroyTenant } = secrets
  let isLost = false
  secrets.get = async (ref) => {
    const found = await get(ref)
    if (found !== null && ref.name === 'google' && isLost) throw new TenantryError('secrets_unreadable')
    return found
  }
  secrets.destroyTenant = async (tenantId) => {
    isLost = false
    await destroyTenant(tenantId)
  }
  const world = createWorld({ store, secrets })
  await setUpGoogle(world)
  const app = await createGoogleApp(world)
  const { removeForTenant } = store.dataKeys
  store.dataKeys.removeForTenant = async (tenantId) => {
    store.dataKeys.removeForTenant = removeForTenant
    await world.sdk.google.save({ principal, changes: changesFor(app) })
    await removeForTenant(tenantId)
    isLost = true
  }
  await world.sdk.tenants.delete({ tenantId: 'acme' })
  return { store, world, app }
}

/** What is left of a tenant, by table. */
const leftOf = (store: MemoryStore, tenantId = 'acme') =>
  tables.filter((table) => store.rows(table).some((row) => JSON.stringify(row).includes(`"${tenantId}"`)))

const operations = (world: World) => world.sandbox.requests.map(({ operation }) => operation ?? '')

describe('deleting a tenant', () => {
  it('leaves nothing of it but its audit log, and tells Google of everything', async () => {
    const { store, world } = await lived()
    expect(await world.sdk.tenants.delete({ tenantId: 'acme' })).toEqual({ connections: 3, remotePending: 0 })
    expect(leftOf(store)).toEqual([])
    expect(await world.secrets.get({ tenantId: 'acme', name: 'google' })).toBeNull()
    expect(store.rows('audit').at(-1)).toMatchObject({ tenantId: 'acme', action: 'tenant.deleted', actor: 'service' })
    expect(operations(world)).toEqual(expect.arrayContaining(['gmail.stop', 'calendar.channels.stop', 'pubsub.topics.delete']))
    expect(operations(world).filter((operation) => operation === 'oauth.revoke')).toHaveLength(2)
    const { watches, channels, topics, subscriptions } = world.sandbox.snapshot()
    expect([watches, channels, topics, subscriptions]).toEqual([[], [], [], []])
    await live(world, 30 * minute, minute)
    expect(leftOf(store)).toEqual([])
    expect(await store.tasks.nextDueAt()).toBeNull()
  })

  it('touches no other tenant, and can be called again', async () => {
    const { store, world } = await lived()
    world.sandbox.google.createAccount({ address: 'help@globex.test' })
    await setUpGoogle(world, { principal: globex })
    const connectionId = await connectGmail(world, { principal: globex, address: 'help@globex.test' })
    await world.sdk.tenants.delete({ tenantId: 'acme' })
    expect(await world.sdk.tenants.delete({ tenantId: 'acme' })).toEqual({ connections: 0, remotePending: 0 })
    expect(store.rows('audit').filter((line) => JSON.stringify(line).includes('tenant.deleted'))).toHaveLength(1)
    await live(world, 30 * minute, minute)
    expect(leftOf(store)).toEqual([])
    expect(await world.sdk.gmail.get({ principal: globex, connectionId })).toMatchObject({
      health: { status: 'connected', delivery: 'push' },
    })
    expect(await codeOf(world.sdk.tenants.delete({ tenantId: systemTenantId }))).toBe('unauthenticated')
  })

  it('makes every copy of its rows unreadable', async () => {
    const store = createMemoryStore()
    const keys = createMemoryKeys()
    const world = createWorld({ store, keys })
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    const copy = await store.tokens.get('acme', connectionId)
    if (copy === null) throw new Error('there is no token')
    const open = () =>
      createEnvelope({
        keys,
        dataKeys: store.dataKeys,
        crypto: createWebCrypto(),
        random: createSeededRandom(1),
        clock: world.sandbox.clock,
        environment: 'test',
      }).open(tokenContext(copy, 'refresh'), copy.sealedRefresh)
    await expect(open()).resolves.toBeDefined()
    await world.sdk.tenants.delete({ tenantId: 'acme' })
    expect(await codeOf(open())).toBe('secrets_unreadable')
  })

  it('is final while Google is down, and Google is told once it is back, with what the system keeps', async () => {
    const { store, world } = await lived()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    expect(await world.sdk.tenants.delete({ tenantId: 'acme' })).toEqual({ connections: 3, remotePending: 3 })
    expect(leftOf(store)).toEqual([])
    // No name and no address is kept in the clear.
    expect(JSON.stringify(store.rows('goodbyes'))).not.toMatch(/acme|Support|On-call/)
    await live(world, 2 * 60 * minute, 10 * minute)
    outage.remove()
    await live(world, 70 * minute, 10 * minute)
    const { watches, channels, topics } = world.sandbox.snapshot()
    expect([watches, channels, topics]).toEqual([[], [], []])
    expect((await store.goodbyes.list(systemTenantId)).every(({ sealed }) => sealed === null)).toBe(true)
    expect(leftOf(store)).toEqual([])
  })

  it('takes over what was still to be said of a connection that was disconnected before', async () => {
    const { store, world, gmailId } = await lived()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    expect(await world.sdk.tenants.delete({ tenantId: 'acme' })).toMatchObject({ remotePending: 3 })
    expect(await store.goodbyes.list('acme')).toEqual([])
    // Long after the access token has ended: the app that is forgotten is still held.
    await world.sandbox.clock.advance(3 * 60 * minute)
    outage.remove()
    await live(world, 70 * minute, 10 * minute)
    expect(world.sandbox.snapshot().watches).toEqual([])
    expect(leftOf(store)).toEqual([])
  })

  it('lets a late callback and a late push find nothing, and makes nothing anew', async () => {
    const { store, world } = await lived()
    const begun = await world.sdk.gmail.connect({ principal, settings: { name: 'Late', mailbox: 'dana@acme.test' } })
    const redirect = consent(world, begun, { address: 'dana@acme.test' })
    const sent = world.sandbox.deliveries.filter(({ kind }) => kind === 'pubsub' || kind === 'calendar')
    await world.sdk.tenants.delete({ tenantId: 'acme' })
    expect(await complete(world, begun, redirect)).toMatchObject({ outcome: 'failed' })
    for (const { url, headers, body } of sent) await world.receivePush(new Request(url, { method: 'POST', headers, body }))
    await live(world, 30 * minute, minute)
    expect(leftOf(store)).toEqual([])
  })

  it('erases a secret that nobody can read, saved just before the key went, and what else came late', async () => {
    const { store, world, app } = await deletedDuringSave()
    expect(await codeOf(world.sdk.google.status({ principal }))).toBe('secrets_unreadable')
    expect(leftOf(store)).not.toEqual([])
    await live(world, 30 * minute, minute)
    expect(leftOf(store)).toEqual([])
    const [journal] = (await store.goodbyes.list(systemTenantId)).filter(({ kind }) => kind === 'tenant')
    expect(journal?.steps.map(({ state }) => state)).toEqual(['done', 'done'])
    expect((await world.sdk.google.save({ principal, changes: changesFor(app) })).state).toBe('configured')
  })

  it('leaves a tenant alone that has a secret which can be read, whatever else cannot', async () => {
    const { world } = await deletedDuringSave()
    await world.secrets.put({ tenantId: 'acme', name: 'microsoft' }, new Secret('{}'), 'absent')
    await live(world, 30 * minute, minute)
    expect(await world.secrets.get({ tenantId: 'acme', name: 'microsoft' })).not.toBeNull()
    expect(await codeOf(world.sdk.google.status({ principal }))).toBe('secrets_unreadable')
  })

  it('leaves a tenant alone that comes back under its name', async () => {
    const { world } = await lived()
    await world.sdk.tenants.delete({ tenantId: 'acme' })
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    await live(world, 30 * minute, minute)
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected', delivery: 'push' } })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject: 'again', text: 'x' })
    await world.settle()
    expect(world.events.filter(({ type }) => type === 'message.received')).toHaveLength(2)
    expect(await world.sdk.tenants.delete({ tenantId: 'acme' })).toEqual({ connections: 1, remotePending: 0 })
  })
})
