import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createVirtualClock } from '@tenantry/sandbox'
import type { CallFault } from '@tenantry/sandbox'
import { startSandbox } from '@tenantry/sandbox/node'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createTestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { start as startTime } from '../journeys/create-world.ts'
import type { World } from '../journeys/create-world.ts'
import { askCode, healthOf, joinTenant, refreshes } from '../journeys/join-tenant.ts'
import type { Tenant } from '../journeys/join-tenant.ts'
import { live, minute } from '../journeys/meddling.ts'
import { until } from './until.ts'
import { hour } from '../journeys/watching.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A calendar whose access token has ended, with Google on the other side of real connections and the platform's own fetch. */
async function start(): Promise<{ world: World; tenant: Tenant }> {
  const { sandbox, stop } = await startSandbox({ port: 0, seed: false, clock: createVirtualClock({ now: startTime, frozen: true }) })
  stops.push(stop)
  const google = createGoogleGateway({ endpoints: sandbox.endpoints, crypto: createWebCrypto(), clock: sandbox.clock })
  const fetch = (request: Request) => globalThis.fetch(request)
  const world: World = { ...createTestTenantry({ sandbox, google, fetch, baseUrl: 'http://localhost:3000' }), sandbox }
  const tenant = await joinTenant(world)
  await sandbox.clock.advance(2 * hour)
  sandbox.clearRequests()
  return { world, tenant }
}

/** An origin that Google never named, and what reaches it. */
async function startStranger(): Promise<{ origin: string; heard: string[] }> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ access_token: 'EXAMPLE_stranger', expires_in: 3599, token_type: 'Bearer', items: [] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise((resolve) => server.close(() => resolve())))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }
}

/** By how many bytes the process grew while it worked, at most. */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 1)
  await work().finally(() => clearInterval(timer))
  return Math.max(most, process.memoryUsage().rss) - before
}

/** The trouble costs one question and ends by itself. */
async function expectRecovery(world: World, tenant: Tenant): Promise<void> {
  world.sandbox.faults.clear()
  await live(world, 30 * minute, 10 * minute)
  expect(await healthOf(world, tenant)).toMatchObject({ status: 'connected' })
  expect(await askCode(world, tenant)).toBe('(succeeded)')
}

const operations = ['oauth.token', 'calendar.events.list'] as const

describe('over real connections', () => {
  it.each(operations.flatMap((operation) => [302, 307, 308].map((status) => ({ operation, status }))))(
    'a redirect of $operation with $status brings nothing to another origin',
    async ({ operation, status }) => {
      const { world, tenant } = await start()
      const { origin, heard } = await startStranger()
      world.sandbox.faults.add({ operation, kind: 'redirect', to: `${origin}/token`, status })
      expect(await askCode(world, tenant)).toBe(operation === 'oauth.token' ? 'provider_unavailable' : '(succeeded)')
      await live(world, 10 * minute, 2 * minute)
      expect(heard).toEqual([])
      expect((await healthOf(world, tenant)).status).not.toBe('needs_reauth')
      await expectRecovery(world, tenant)
    },
  )

  it.each(operations.flatMap((operation) => [{ operation }, { operation, gzip: true }]))(
    'two gigabytes from $operation are not read (gzip: $gzip)',
    async ({ operation, gzip = false }: { operation: string; gzip?: boolean }) => {
      const { world, tenant } = await start()
      if (operation !== 'oauth.token') await askCode(world, tenant)
      const fault = world.sandbox.faults.add({ operation, kind: 'flood', gzip, times: 3 })
      const growth = await growthDuring(async () => {
        await askCode(world, tenant)
        await world.sdk.calendar.sync({ principal: tenant.principal, connectionId: tenant.connectionId })
        await world.settle()
      })
      expect(fault.hits()).toBeGreaterThan(0)
      expect(growth).toBeLessThan(400_000_000)
      expect((await healthOf(world, tenant)).status).not.toBe('needs_reauth')
      await expectRecovery(world, tenant)
    },
  )

  it.each<Pick<CallFault, 'kind'>>([{ kind: 'reset' }, { kind: 'cut' }, { kind: 'lose-response' }])(
    'a refresh that ends with $kind is asked once',
    async ({ kind }) => {
      const { world, tenant } = await start()
      world.sandbox.faults.add({ operation: 'oauth.token', kind })
      expect(await askCode(world, tenant)).toBe('provider_unavailable')
      expect(refreshes(world)).toHaveLength(1)
      await expectRecovery(world, tenant)
    },
  )
})

describe('over real connections, without an end', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it.each<Pick<CallFault, 'kind' | 'ms'>>([{ kind: 'hang' }, { kind: 'drip' }, { kind: 'latency', ms: minute }])(
    '$kind is waited for ten seconds',
    async ({ kind, ms }) => {
      const { world, tenant } = await start()
      world.sandbox.faults.add({ operation: 'oauth.token', kind, ...(ms !== undefined && { ms }) })
      let code: string | null = null
      void askCode(world, tenant).then((result) => (code = result))
      await until(() => refreshes(world).length === 1)
      await vi.advanceTimersByTimeAsync(9_999)
      expect(code).toBeNull()
      await vi.advanceTimersByTimeAsync(1)
      await until(() => code !== null)
      expect(code).toBe('provider_unavailable')
      expect(refreshes(world)).toHaveLength(1)
    },
  )
})
