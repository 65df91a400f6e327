import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWorld } from '../journeys/create-world.ts'
import type { World } from '../journeys/create-world.ts'
import { askCode, askToken, healthOf, joinTenant, refreshes } from '../journeys/join-tenant.ts'
import type { Tenant } from '../journeys/join-tenant.ts'
import { eventsOf, live, minute } from '../journeys/meddling.ts'
import { hour } from '../journeys/watching.ts'
import { brokenApps, deadGrants, goodAnswers, throttledAnswers, transientAnswers } from './token-answers.ts'
import type { TokenAnswer } from './token-answers.ts'
import { until } from './until.ts'

interface Ground {
  readonly world: World
  readonly tenant: Tenant
  /** Where the sdk's own requests went. */
  readonly origins: Set<string>
  /** The most that was read of one answer. */
  readonly longest: () => number
  readonly begin: (answer: TokenAnswer) => () => void
}

/** A calendar whose access token ended an hour ago, polled every minute. */
async function start(): Promise<Ground> {
  const origins = new Set<string>()
  let longest = 0
  let rejection: { readonly with: unknown } | null = null
  const world: World = createWorld({
    baseUrl: 'http://localhost:3000',
    fetch: async (request) => {
      origins.add(new URL(request.url).origin)
      if (rejection !== null && request.url === world.sandbox.endpoints.token) throw rejection.with
      const response = await world.sandbox.fetch(request)
      let read = 0
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          read += chunk.byteLength
          longest = Math.max(longest, read)
          controller.enqueue(chunk)
        },
      })
      return response.body === null ? response : new Response(response.body.pipeThrough(counted), response)
    },
  })
  const tenant = await joinTenant(world)
  await world.sandbox.clock.advance(2 * hour)
  world.sandbox.clearRequests()
  origins.clear()
  const begin = ({ fault, reject }: TokenAnswer) => {
    if (reject !== undefined) rejection = { with: reject }
    const added = fault === undefined ? null : world.sandbox.faults.add({ ...fault, operation: 'oauth.token' })
    return () => {
      rejection = null
      added?.remove()
    }
  }
  return { world, tenant, origins, longest: () => longest, begin }
}

/** One question, asked once, of nobody else, and read no further than a token answer goes. */
async function askOnce({ world, tenant, origins, longest }: Ground, sent: number): Promise<string> {
  const code = await askCode(world, tenant)
  expect(refreshes(world)).toHaveLength(sent)
  expect([...origins]).toEqual([new URL(world.sandbox.endpoints.token).origin])
  expect(longest()).toBeLessThan(2_000_000)
  return code
}

/** Whatever is wrong passes by itself, without a sign-in and without a word to anybody. */
async function passesByItself(answer: TokenAnswer, code: string, withinMs: number): Promise<void> {
  const ground = await start()
  const { world, tenant } = ground
  const end = ground.begin(answer)
  expect(await askOnce(ground, answer.reject === undefined ? 1 : 0)).toBe(code)
  await live(world, 10 * minute, 2 * minute)
  expect(['connected', 'degraded']).toContain((await healthOf(world, tenant)).status)
  end()
  await live(world, withinMs, withinMs / 5)
  expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
  expect(await askCode(world, tenant)).toBe('(succeeded)')
  expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  expect(inspect(world.logger.lines, { depth: 9 })).not.toContain('EXAMPLE')
}

describe('F7 an answer to a refresh that says nothing about the grant', () => {
  it('is one of at least sixty', () => {
    const names = [...transientAnswers, ...throttledAnswers, ...goodAnswers, ...deadGrants, ...brokenApps].map(({ name }) => name)
    expect(names.length).toBeGreaterThanOrEqual(60)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(transientAnswers)('$name', (answer) => passesByItself(answer, 'provider_unavailable', 30 * minute))

  // Retry-After counts for at most a day.
  it.each(throttledAnswers)('$name', (answer) => passesByItself(answer, 'throttled', 25 * hour))
})

describe('an odd answer to a refresh that is good', () => {
  it.each(goodAnswers)('$name', async (answer) => {
    const ground = await start()
    const { world, tenant } = ground
    const end = ground.begin(answer)
    expect(await askOnce(ground, 1)).toBe('(succeeded)')
    const stored = await world.store.tokens.get('acme', tenant.connectionId)
    const now = world.sandbox.clock.now()
    expect(stored?.accessExpiresAt).toBeGreaterThan(now)
    expect(stored?.accessExpiresAt).toBeLessThanOrEqual(now + 24 * hour)
    expect(stored?.refreshExpiresAt ?? now).toBeLessThan(now + 4_000 * 24 * hour)
    // The refresh token that was given at the sign-in is still there.
    end()
    await world.sandbox.clock.advance(25 * hour)
    expect(await askCode(world, tenant)).toBe('(succeeded)')
  })
})

describe('an answer to a refresh that calls the grant dead', () => {
  it.each(deadGrants)('$name', async (answer) => {
    const ground = await start()
    const { world, tenant } = ground
    ground.begin(answer)
    await askOnce(ground, 1)
    await live(world, 2 * minute, 30_000)
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'needs_reauth', reason: answer.code })
    expect(eventsOf(world, 'connection.needs_reauth')).toMatchObject([{ reason: answer.code }])
    world.sandbox.clearRequests()
    await live(world, 3 * hour, hour)
    expect(refreshes(world)).toEqual([])
  })

  it('is not believed when it is the only one', async () => {
    const { world, tenant } = await start()
    const { fault } = deadGrants[0] ?? {}
    world.sandbox.faults.add({ kind: 'body', ...fault, operation: 'oauth.token', times: 1 })
    expect(await askCode(world, tenant)).toBe('provider_unavailable')
    await live(world, minute, 30_000)
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
    expect(await askCode(world, tenant)).toBe('(succeeded)')
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  })
})

describe('an answer to a refresh that calls the app broken', () => {
  it.each(brokenApps)('$name', async (answer) => {
    const ground = await start()
    const { world, tenant } = ground
    const end = ground.begin(answer)
    expect(await askOnce(ground, 1)).toBe(answer.code)
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'blocked_by_app', reason: answer.code })
    await live(world, hour, 5 * minute)
    expect(refreshes(world).length).toBeLessThanOrEqual(5)
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
    end()
    await live(world, hour, 5 * minute)
    expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
    expect(await askCode(world, tenant)).toBe('(succeeded)')
  })
})

describe('an answer to a refresh that does not come', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it.each<TokenAnswer>([
    { name: 'silence', fault: { kind: 'hang' } },
    { name: 'one byte a second', fault: { kind: 'drip' } },
    { name: 'a delay of a minute', fault: { kind: 'latency', ms: minute } },
  ])('$name is waited for ten seconds', async (answer) => {
    const ground = await start()
    const { world, tenant } = ground
    const end = ground.begin(answer)
    let code: string | null = null
    void askCode(world, tenant).then((result) => (code = result))
    await until(() => refreshes(world).length === 1)
    await vi.advanceTimersByTimeAsync(9_999)
    expect(code).toBeNull()
    await vi.advanceTimersByTimeAsync(1)
    await until(() => code !== null)
    expect(code).toBe('provider_unavailable')
    expect(refreshes(world)).toHaveLength(1)
    end()
    expect(await askToken(world, tenant)).toEqual(expect.any(String))
  })
})
