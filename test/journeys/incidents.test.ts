import { breakTokenEndpoint, callGrantsDead, connectCalendar, deleteClientSecret } from '@tenantry/sdk/testing'
import { describe, expect, it } from 'vitest'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { askCode, healthOf, joinTenant, refreshes } from './join-tenant.ts'
import type { Tenant } from './join-tenant.ts'
import { eventsOf, live, minute } from './meddling.ts'
import { hour } from './watching.ts'

/** Tenants with an app and a calendar each, polled every minute. */
async function start(count: number): Promise<{ world: World; tenants: Tenant[] }> {
  const world = createWorld({ baseUrl: 'http://localhost:3000' })
  const tenants: Tenant[] = []
  for (let at = 0; at < count; at += 1) tenants.push(await joinTenant(world, `tenant-${at}`))
  world.sandbox.clearRequests()
  return { world, tenants }
}

async function statusesOf(world: World, tenants: readonly Tenant[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const tenant of tenants) {
    const { status } = await healthOf(world, tenant)
    counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}

describe('Google calls every grant dead for an hour', () => {
  it('and nobody has to sign in again', async () => {
    const { world, tenants } = await start(12)
    await live(world, 50 * minute, 10 * minute)
    const incident = callGrantsDead(world)
    await live(world, hour)
    expect(await statusesOf(world, tenants)).not.toHaveProperty('needs_reauth')
    incident.end()
    await live(world, 40 * minute)
    expect(await statusesOf(world, tenants)).toEqual({ connected: 12 })
    for (const tenant of tenants) expect(await askCode(world, tenant)).toBe('(succeeded)')
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  })

  it('and is asked no more than every half an hour for each of them', async () => {
    const { world, tenants } = await start(12)
    await live(world, 50 * minute, 10 * minute)
    callGrantsDead(world)
    await live(world, hour)
    // The first refusal, its confirmation, and one after each wait.
    expect(refreshes(world).length).toBeLessThanOrEqual(tenants.length * 5)
  })

  it('while two grants that really died are told apart from an incident', async () => {
    const { world, tenants } = await start(12)
    const [one, two, ...rest] = tenants
    for (const { address, clientId } of [one, two].flatMap((tenant) => tenant ?? [])) world.sandbox.google.revokeGrant(address, clientId)
    await live(world, hour + 10 * minute)
    expect(await statusesOf(world, rest)).toEqual({ connected: 10 })
    expect(await statusesOf(world, tenants)).toEqual({ connected: 10, needs_reauth: 2 })
    expect(
      eventsOf(world, 'connection.needs_reauth')
        .map(({ connectionId }) => connectionId)
        .toSorted(),
    ).toEqual([one?.connectionId, two?.connectionId].toSorted())
  })

  it('and one that really died meanwhile is told afterwards', async () => {
    const { world, tenants } = await start(12)
    const [one] = tenants
    await live(world, 50 * minute, 10 * minute)
    const incident = callGrantsDead(world)
    world.sandbox.google.revokeGrant(one?.address ?? '', one?.clientId ?? '')
    await live(world, hour)
    incident.end()
    await live(world, 2 * hour)
    expect(await statusesOf(world, tenants)).toEqual({ connected: 11, needs_reauth: 1 })
    expect(eventsOf(world, 'connection.needs_reauth')).toMatchObject([{ connectionId: one?.connectionId, reason: 'grant_revoked' }])
  })
})

describe('F8 Google’s token endpoint is down for six hours', () => {
  it('and it is asked now and then, nobody has to sign in again, and half an hour later all is well', async () => {
    const { world, tenants } = await start(25)
    await live(world, 50 * minute, 10 * minute)
    const incident = breakTokenEndpoint(world)
    world.sandbox.clearRequests()
    await live(world, 6 * hour, 2 * minute)
    expect(await statusesOf(world, tenants)).not.toHaveProperty('needs_reauth')
    // One for each calendar before the outage was understood, then one at a time.
    expect(refreshes(world).length).toBeLessThanOrEqual(6 * tenants.length)
    incident.end()
    await live(world, 30 * minute)
    expect(await statusesOf(world, tenants)).toEqual({ connected: 25 })
    for (const tenant of tenants) expect(await askCode(world, tenant)).toBe('(succeeded)')
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  })

  it('also for a single customer, who is looked after the same way', async () => {
    const { world, tenants } = await start(1)
    await live(world, 50 * minute, 10 * minute)
    const incident = breakTokenEndpoint(world)
    world.sandbox.clearRequests()
    await live(world, 6 * hour, 2 * minute)
    expect(await statusesOf(world, tenants)).toEqual({ degraded: 1 })
    expect(refreshes(world).length).toBeLessThanOrEqual(50)
    incident.end()
    await live(world, 30 * minute)
    expect(await statusesOf(world, tenants)).toEqual({ connected: 1 })
  })
})

describe('F9 a client secret is deleted in Google’s console', () => {
  /** One tenant with three calendars on one app, and another tenant. */
  async function connected() {
    const { world, tenants } = await start(2)
    const [tenant, other] = tenants
    if (tenant === undefined || other === undefined) throw new Error('two tenants were asked for')
    const { principal, clientId } = tenant
    const siblings = [tenant]
    for (const address of ['kim@tenant-0.test', 'lee@tenant-0.test']) {
      world.sandbox.google.createAccount({ address, seed: false })
      siblings.push({ ...tenant, address, connectionId: await connectCalendar(world, { principal, address }) })
    }
    await live(world, 50 * minute, 10 * minute)
    world.sandbox.clearRequests()
    const ofApp = () => refreshes(world).filter(({ body }) => new URLSearchParams(body).get('client_id') === clientId)
    return { world, tenant, other, siblings, ofApp }
  }

  it('and the app is asked once in fifteen minutes, however many calendars hang on it', async () => {
    const { world, tenant, siblings, other, ofApp } = await connected()
    deleteClientSecret(world, tenant)
    await live(world, 6 * hour, 2 * minute)
    for (const sibling of siblings) {
      expect(await healthOf(world, sibling)).toMatchObject({ status: 'blocked_by_app', reason: 'app_secret_invalid' })
    }
    expect(await healthOf(world, other)).toMatchObject({ status: 'connected' })
    // Those that were under way when the first was refused, then four an hour.
    expect(ofApp().length).toBeLessThanOrEqual(3 + 6 * 4)
    const told = eventsOf(world, 'connection.blocked_by_app').map(({ connectionId }) => connectionId)
    expect(told.toSorted()).toEqual(siblings.map(({ connectionId }) => connectionId).toSorted())
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  })

  it('and all resume within minutes of the new one being saved, without a sign-in', async () => {
    const { world, tenant, siblings } = await connected()
    const { replace } = deleteClientSecret(world, tenant)
    await live(world, 2 * hour, 5 * minute)
    await replace()
    await live(world, 3 * minute)
    expect(await statusesOf(world, siblings)).toEqual({ connected: 3 })
    for (const sibling of siblings) expect(await askCode(world, sibling)).toBe('(succeeded)')
  })

  it('and all resume when Google takes the saved one again, although nobody tells us', async () => {
    const { world, siblings } = await connected()
    const refused = world.sandbox.faults.add({
      operation: 'oauth.token',
      kind: 'status',
      status: 401,
      body: JSON.stringify({ error: 'invalid_client', error_description: 'Unauthorized' }),
    })
    await live(world, hour, 5 * minute)
    expect(await statusesOf(world, siblings)).toEqual({ blocked_by_app: 3 })
    refused.remove()
    await live(world, 20 * minute)
    expect(await statusesOf(world, siblings)).toEqual({ connected: 3 })
    for (const sibling of siblings) expect(await askCode(world, sibling)).toBe('(succeeded)')
  })
})
