import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createMemoryKeys, createTestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWorld } from '../journeys/create-world.ts'
import type { World } from '../journeys/create-world.ts'
import { askCode, healthOf, joinTenant, refreshes } from '../journeys/join-tenant.ts'
import { eventsOf, minute } from '../journeys/meddling.ts'
import { realWork } from '../journeys/real-work.ts'
import { hour } from '../journeys/watching.ts'

/** Two processes on one store, and how many of their refreshes were under way at the same time. */
async function start() {
  const flight = { now: 0, most: 0 }
  const keys = createMemoryKeys()
  const fetch = async (request: Request): Promise<Response> => {
    if (request.url !== world.sandbox.endpoints.token) return world.sandbox.fetch(request)
    flight.now += 1
    flight.most = Math.max(flight.most, flight.now)
    const givenUp = new Promise<never>((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))
    try {
      return await Promise.race([world.sandbox.fetch(request), givenUp])
    } finally {
      flight.now -= 1
    }
  }
  const world: World = createWorld({ keys, fetch, baseUrl: 'http://localhost:3000' })
  const tenant = await joinTenant(world)
  const { sandbox, store, secrets } = world
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  const second = createTestTenantry({ sandbox, google, store, secrets, keys, fetch })
  await sandbox.clock.advance(2 * hour)
  sandbox.clearRequests()
  return { world, second, tenant, flight }
}

describe('F2 a token endpoint that takes its time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it.each([100, 1_000, 5_000, 7_000, 12_000, 30_000, 60_000])('of %i ms, is never asked twice at once', async (ms) => {
    const { world, second, tenant, flight } = await start()
    const slow = world.sandbox.faults.add({ operation: 'oauth.token', kind: 'latency', ms })
    const codes: string[] = []
    const callers = Array.from({ length: 20 }, (_, at) => askCode(at % 2 === 0 ? world : second, tenant))
    for (const caller of callers) void caller.then((code) => codes.push(code))
    // The timers and the clock go on together, and real work in between.
    for (let passed = 0; codes.length < callers.length && passed < 5 * minute; passed += 100) {
      await vi.advanceTimersByTimeAsync(100)
      await world.sandbox.clock.advance(100)
      await realWork(20)
    }
    expect(codes).toHaveLength(callers.length)
    expect(flight.most).toBe(1)
    expect(new Set(codes)).toEqual(new Set([ms < 10_000 ? '(succeeded)' : 'provider_unavailable']))
    // Each process finds out for itself, once.
    expect(refreshes(world).length).toBeLessThanOrEqual(ms < 10_000 ? 1 : 2)
    slow.remove()
    vi.useRealTimers()
    await world.sandbox.clock.advance(minute)
    expect(await askCode(world, tenant)).toBe('(succeeded)')
    expect((await healthOf(world, tenant)).status).not.toBe('needs_reauth')
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  })
})
