import { createSandbox, mostAtOnce } from '@tenantry/sandbox'
import type { Rotation } from '@tenantry/sandbox'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createMemoryKeys, createTestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { describe, expect, it } from 'vitest'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { askCode, askToken, healthOf, joinTenant, refreshes } from './join-tenant.ts'
import type { Tenant } from './join-tenant.ts'
import { eventsOf, live, minute } from './meddling.ts'
import { hour } from './watching.ts'

const rotations: readonly Rotation[] = ['none', 'replace-keep-old', 'strict-family']

interface Ground {
  readonly world: World
  readonly tenant: Tenant
  /** Further processes on the same store. */
  readonly others: readonly Pick<World, 'sdk'>[]
}

/** A calendar of a vendor whose refresh tokens change in one of three ways; its access token has ended. */
async function start(rotation: Rotation, processes = 1): Promise<Ground> {
  const keys = createMemoryKeys()
  const world = createWorld({ keys, baseUrl: 'http://localhost:3000' })
  const { sandbox, store, secrets } = world
  sandbox.google.setRotation(rotation)
  const tenant = await joinTenant(world)
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  const others = Array.from({ length: processes - 1 }, () => createTestTenantry({ sandbox, google, store, secrets, keys }))
  await sandbox.clock.advance(hour)
  sandbox.clearRequests()
  return { world, tenant, others }
}

/** The refresh tokens that work. */
const living = ({ sandbox }: World) => sandbox.snapshot().refreshTokens.filter(({ replacedAt }) => replacedAt === undefined)

describe.each(rotations)('F1 with refresh tokens that rotate as %s', (rotation) => {
  it('four processes and 200 callers make one exchange, hour after hour', async () => {
    const { world, tenant, others } = await start(rotation, 4)
    const slow = world.sandbox.faults.add({ operation: 'oauth.token', kind: 'latency', ms: 20 })
    for (let round = 1; round <= 3; round += 1) {
      const asked = [world, ...others].flatMap((process) => Array.from({ length: 50 }, () => askToken(process, tenant)))
      expect(new Set(await Promise.all(asked)).size).toBe(1)
      expect(refreshes(world)).toHaveLength(round)
      await world.sandbox.clock.advance(hour)
    }
    slow.remove()
    expect(mostAtOnce(refreshes(world))).toBe(1)
    await world.settle()
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
    expect(living(world)).toHaveLength(rotation === 'replace-keep-old' ? 1 + refreshes(world).length : 1)
  })

  it('a day of upkeep needs no second sign-in', async () => {
    const { world, tenant } = await start(rotation)
    await live(world, 24 * hour, hour / 2)
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
    expect(mostAtOnce(refreshes(world))).toBe(1)
  })

  it('F5 an answer that was lost ends the sign-in only where it can be given but once', async () => {
    const { world, tenant } = await start(rotation)
    world.sandbox.faults.add({ operation: 'oauth.token', kind: 'lose-response', times: 1 })
    expect(await askCode(world, tenant)).toBe('provider_unavailable')
    expect(refreshes(world)).toHaveLength(1)
    await live(world, 5 * minute, 30_000)
    if (rotation === 'strict-family') {
      expect(await healthOf(world, tenant)).toMatchObject({ status: 'needs_reauth', reason: 'grant_lost' })
      expect(eventsOf(world, 'connection.needs_reauth')).toMatchObject([{ reason: 'grant_lost' }])
    } else {
      expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
      expect(await askCode(world, tenant)).toBe('(succeeded)')
    }
  })

  it('a question that never arrived costs nothing', async () => {
    const { world, tenant } = await start(rotation)
    world.sandbox.faults.add({ operation: 'oauth.token', kind: 'reset', times: 1 })
    expect(await askCode(world, tenant)).toBe('provider_unavailable')
    await live(world, 5 * minute, 30_000)
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
    expect(await askCode(world, tenant)).toBe('(succeeded)')
  })

  it('the vendor’s memory of it survives a restart', async () => {
    const { world, tenant } = await start(rotation)
    await askToken(world, tenant)
    const again = createSandbox({ state: world.sandbox.snapshot(), clock: world.sandbox.clock })
    Object.assign(world.sandbox, { fetch: again.fetch })
    await world.sandbox.clock.advance(hour)
    expect(await askCode(world, tenant)).toBe('(succeeded)')
    expect(again.snapshot().rotation).toBe(rotation)
  })
})

describe('F11 an answer without a refresh token', () => {
  it('keeps the one there is, also where they rotate', async () => {
    const { world, tenant } = await start('replace-keep-old')
    world.sandbox.faults.add({ operation: 'oauth.token', kind: 'rewrite', omit: ['refresh_token'] })
    for (let round = 0; round < 3; round += 1) {
      expect(await askCode(world, tenant)).toBe('(succeeded)')
      await world.sandbox.clock.advance(hour)
    }
    const sent = refreshes(world).map(({ body }) => new URLSearchParams(body).get('refresh_token'))
    expect(new Set(sent).size).toBe(1)
  })
})

describe('F14 the life of an access token', () => {
  it('begins when it was asked for, however long the answer was on its way', async () => {
    const { world, tenant } = await start('none')
    const askedAt = world.sandbox.clock.now()
    const serve = world.sandbox.fetch
    Object.assign(world.sandbox, {
      fetch: async (request: Request) => {
        const response = await serve(request)
        if (request.url === world.sandbox.endpoints.token) await world.sandbox.clock.advance(9_000)
        return response
      },
    })
    await askToken(world, tenant)
    const stored = await world.store.tokens.get('acme', tenant.connectionId)
    expect(stored?.accessExpiresAt).toBe(askedAt + 3_599_000)
  })
})

describe('F13 an access token that ends early', () => {
  it('is replaced once, and people do not notice', async () => {
    const { world, tenant } = await start('strict-family')
    await askToken(world, tenant)
    world.sandbox.google.expireAccessTokens(tenant.address)
    world.sandbox.clearRequests()
    await live(world, 5 * minute)
    expect(refreshes(world)).toHaveLength(1)
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
  })

  it('and is refused again and again, is not replaced again and again', async () => {
    const { world, tenant } = await start('none')
    await askToken(world, tenant)
    world.sandbox.clearRequests()
    world.sandbox.faults.add({
      operation: /^calendar\./,
      kind: 'status',
      status: 401,
      body: JSON.stringify({ error: { code: 401, message: 'EXAMPLE', status: 'UNAUTHENTICATED', errors: [{ reason: 'authError' }] } }),
    })
    await live(world, 30 * minute)
    expect(refreshes(world).length).toBeLessThanOrEqual(1)
    expect((await healthOf(world, tenant)).status).not.toBe('needs_reauth')
    world.sandbox.faults.clear()
    await live(world, hour, 5 * minute)
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
  })
})
