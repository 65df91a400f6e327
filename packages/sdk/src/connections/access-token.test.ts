import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import {
  connectCalendar,
  connectGmail,
  createMemoryKeys,
  createMemoryStore,
  createTestTenantry,
  setUpGoogle,
  testPrincipal as principal,
} from '../testing/index.ts'
import type { SetUpOptions } from '../testing/index.ts'
import type { KeyProvider } from '../ports/index.ts'

const hour = 3_600_000
const day = 24 * hour
const almostExpired = hour - 60_000

/** A connected mailbox whose token requests the test may answer itself, in Google's place. */
async function connected(options: Parameters<typeof createWorld>[0] & { setUp?: SetUpOptions } = {}) {
  const { setUp, ...rest } = options
  const intercept: { answer: ((form: URLSearchParams) => Promise<Response> | Response) | null } = { answer: null }
  const world: World = createWorld({
    ...rest,
    fetch: async (request) => {
      if (intercept.answer === null || request.url !== world.sandbox.endpoints.token) return world.sandbox.fetch(request)
      return intercept.answer(new URLSearchParams(await request.text()))
    },
  })
  const setup = await setUpGoogle(world, setUp)
  const connectionId = await connectGmail(world)
  world.sandbox.clearRequests()
  return { world, setup, connectionId, intercept }
}

/** A second sdk over the same store, secrets and keys. */
function anotherProcess({ sandbox, store, secrets }: World, keys: KeyProvider) {
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  return createTestTenantry({ sandbox, google, store, secrets, keys })
}

const refreshes = (world: World) =>
  world.sandbox.requests.filter(({ operation, body }) => operation === 'oauth.token' && String(body).includes('grant_type=refresh_token'))

const ask = async (world: Pick<World, 'sdk'>, connectionId: string) =>
  (await world.sdk.gmail.client({ principal, connectionId })).accessToken()
const healthOf = async (world: World, connectionId: string) => (await world.sdk.gmail.get({ principal, connectionId })).health
const eventsOf = (world: World, type: string) => world.events.filter((event) => event.type === type)

describe('S20 one refresh for everybody', () => {
  it('hands out the stored token while it lives for two more minutes', async () => {
    const { world, connectionId } = await connected()
    const first = await ask(world, connectionId)
    await world.sandbox.clock.advance(hour - 3 * 60_000)
    expect(await ask(world, connectionId)).toBe(first)
    expect(refreshes(world)).toHaveLength(0)
    await world.sandbox.clock.advance(2 * 60_000)
    expect(await ask(world, connectionId)).not.toBe(first)
    expect(refreshes(world)).toHaveLength(1)
  })

  it('makes one request for two calls at once, with the tenant’s app and nothing more', async () => {
    const { world, setup, connectionId } = await connected()
    await world.sandbox.clock.advance(almostExpired)
    const [one, two] = await Promise.all([ask(world, connectionId), ask(world, connectionId)])
    expect(one).toBe(two)
    expect(refreshes(world)).toHaveLength(1)
    expect(Object.fromEntries(new URLSearchParams(String(refreshes(world)[0]?.body)))).toEqual({
      grant_type: 'refresh_token',
      client_id: setup.clientId,
      client_secret: setup.clientSecret,
      refresh_token: expect.any(String),
    })
  })

  it('makes one request for 50 callers in two processes that share the store', async () => {
    const keys = createMemoryKeys()
    const { world, connectionId } = await connected({ keys })
    const second = anotherProcess(world, keys)
    await world.sandbox.clock.advance(hour)
    world.sandbox.faults.add({ operation: 'oauth.token', kind: 'latency', ms: 150 })
    const tokens = await Promise.all(Array.from({ length: 50 }, (_, at) => ask(at % 2 === 0 ? world : second, connectionId)))
    expect(new Set(tokens).size).toBe(1)
    expect(refreshes(world)).toHaveLength(1)
  })

  it('serves the old token to others while it is still good and somebody refreshes', async () => {
    const { world, connectionId } = await connected()
    const record = await world.store.tokens.get('acme', connectionId)
    const old = await ask(world, connectionId)
    await world.sandbox.clock.advance(almostExpired)
    const now = world.sandbox.clock.now()
    await world.store.tokens.acquireLease('acme', connectionId, {
      version: record?.version ?? 0,
      owner: 'another process',
      now,
      leaseMs: 30_000,
    })
    expect(await ask(world, connectionId)).toBe(old)
    expect(refreshes(world)).toHaveLength(0)
  })

  it('takes over when the process that refreshed died: its lease runs out', async () => {
    const { world, connectionId } = await connected()
    const record = await world.store.tokens.get('acme', connectionId)
    await world.sandbox.clock.advance(hour)
    const now = world.sandbox.clock.now()
    await world.store.tokens.acquireLease('acme', connectionId, {
      version: record?.version ?? 0,
      owner: 'another process',
      now,
      leaseMs: 30_000,
    })
    await world.sandbox.clock.advance(30_000)
    expect(await ask(world, connectionId)).toEqual(expect.any(String))
    expect(refreshes(world)).toHaveLength(1)
  })

  it('keeps connections of other tenants and mailboxes apart', async () => {
    const { world, connectionId } = await connected()
    const calendarId = await connectCalendar(world)
    await world.sandbox.clock.advance(hour)
    world.sandbox.clearRequests()
    const [mail, calendar] = await Promise.all([
      ask(world, connectionId),
      world.sdk.calendar.client({ principal, connectionId: calendarId }).then((client) => client.accessToken()),
    ])
    expect(mail).not.toBe(calendar)
    expect(refreshes(world)).toHaveLength(2)
  })

  it('replaces a refresh token that Google rotated, and keeps one that it did not', async () => {
    const { world, connectionId, intercept } = await connected()
    const seen: (string | null)[] = []
    const rotations = ['EXAMPLE_rotated', undefined, undefined]
    intercept.answer = (form) => {
      seen.push(form.get('refresh_token'))
      return Response.json({
        access_token: `EXAMPLE_access_${seen.length}`,
        expires_in: 3600,
        token_type: 'Bearer',
        refresh_token: rotations[seen.length - 1],
      })
    }
    for (let at = 0; at < 3; at += 1) {
      await world.sandbox.clock.advance(hour)
      expect(await ask(world, connectionId)).toBe(`EXAMPLE_access_${at + 1}`)
    }
    expect(seen.slice(1)).toEqual(['EXAMPLE_rotated', 'EXAMPLE_rotated'])
    expect(seen[0]).not.toBe('EXAMPLE_rotated')
    expect(JSON.stringify(await world.store.tokens.get('acme', connectionId))).not.toContain('EXAMPLE_')
  })

  it('uses the new client secret at the next refresh, without a new sign-in', async () => {
    const { world, setup, connectionId } = await connected()
    const value = world.sandbox.google.rotateSecret(setup.clientId)
    await world.sdk.google.save({ principal, changes: { clientSecret: { action: 'replace', value } } })
    await world.sandbox.clock.advance(hour)
    await ask(world, connectionId)
    expect(new URLSearchParams(String(refreshes(world).at(-1)?.body)).get('client_secret')).toBe(value)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected' })
  })
})

describe('S20 a grant that is dead', () => {
  it('needs a new sign-in: said once, however many ask, and Google is left alone', async () => {
    const { world, setup, connectionId } = await connected()
    world.sandbox.google.revokeGrant('support@acme.test', setup.clientId)
    await world.sandbox.clock.advance(hour)
    const client = await world.sdk.gmail.client({ principal, connectionId })
    const askAtOnce = () => Promise.all(Array.from({ length: 10 }, () => codeOf(client.accessToken())))
    // One refusal is not believed.
    expect(new Set(await askAtOnce())).toEqual(new Set(['provider_unavailable']))
    expect(await codeOf(client.accessToken())).toBe('provider_unavailable')
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected' })
    await world.sandbox.clock.advance(12_000)
    expect(new Set(await askAtOnce())).toEqual(new Set(['grant_revoked']))
    expect(await codeOf(client.accessToken())).toBe('grant_revoked')
    await world.settle()
    expect(eventsOf(world, 'connection.needs_reauth')).toMatchObject([{ connectionId, reason: 'grant_revoked' }])
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'needs_reauth', reason: 'grant_revoked' })
    world.sandbox.clearRequests()
    for (let at = 0; at < 48; at += 1) {
      await world.sandbox.clock.advance(hour)
      await world.settle()
    }
    expect(world.sandbox.requests).toEqual([])
    expect(eventsOf(world, 'connection.needs_reauth')).toHaveLength(1)
    expect(await codeOf(world.sdk.gmail.client({ principal, connectionId }))).toBe('grant_revoked')
  })

  it('tells the death after seven days in Testing mode from any other', async () => {
    const { world, connectionId } = await connected({ setUp: { publishing: 'testing' } })
    expect(await healthOf(world, connectionId)).toMatchObject({ signInEndsAt: expect.stringMatching(/^2026-11-28T0[78]:/) })
    await world.sandbox.clock.advance(7 * day + hour)
    await world.settle()
    await world.sandbox.clock.advance(12_000)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'needs_reauth', reason: 'grant_expired_testing_mode' })
    expect(eventsOf(world, 'connection.needs_reauth')).toMatchObject([{ reason: 'grant_expired_testing_mode' }])
  })

  it('is not called dead when a newer grant was stored while the old one was refused, which then serves', async () => {
    const keys = createMemoryKeys()
    const { world, connectionId, intercept } = await connected({ keys })
    await world.sandbox.clock.advance(hour)
    intercept.answer = async () => {
      const { sdk } = anotherProcess(world, keys)
      // The lease is over by the time that the other one gets its answer.
      await world.sandbox.clock.advance(31_000)
      const client = await sdk.gmail.client({ connectionId })
      await client.accessToken()
      return Response.json({ error: 'invalid_grant' }, { status: 400 })
    }
    expect(await ask(world, connectionId)).toEqual(expect.any(String))
    expect(refreshes(world)).toHaveLength(1)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it.each([
    ['granted', { access_token: 'EXAMPLE_late', expires_in: 3600, token_type: 'Bearer' }, 200],
    ['refused', { error: 'invalid_grant' }, 400],
  ])('does not come back when the connection was ended elsewhere while a refresh was %s', async (_, answer, status) => {
    const keys = createMemoryKeys()
    const { world, connectionId, intercept } = await connected({ keys })
    await world.sandbox.clock.advance(almostExpired)
    intercept.answer = async () => {
      await anotherProcess(world, keys).sdk.gmail.disconnect({ principal, connectionId })
      return Response.json(answer, { status })
    }
    expect(await codeOf(ask(world, connectionId))).toBe(status === 200 ? '(succeeded)' : 'provider_unavailable')
    await world.settle()
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
    expect(await world.store.tokens.get('acme', connectionId)).toBeNull()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'disconnected' })
  })
})

describe('S20 trouble that says nothing about the grant', () => {
  it.each([
    ['503', { kind: 'status', status: 503 } as const],
    [
      '503 with an OAuth error in it',
      { kind: 'body', status: 503, body: '{"error":"invalid_grant"}', contentType: 'application/json' } as const,
    ],
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '60' } } as const],
    ['broken connections', { kind: 'reset' } as const],
    ['lost answers', { kind: 'lose-response' } as const],
    ['pages', { kind: 'body', status: 200, body: '<html></html>', contentType: 'text/html' } as const],
    ['redirects', { kind: 'redirect', to: 'https://evil.test/token' } as const],
  ])('is outlasted: a day of %s ends no sign-in', async (_, fault) => {
    const { world, connectionId } = await connected()
    const before = await world.store.tokens.get('acme', connectionId)
    world.sandbox.faults.add({ operation: 'oauth.token', ...fault })
    const statuses = new Set<string>()
    for (let at = 0; at < 48; at += 1) {
      await world.sandbox.clock.advance(hour / 2)
      await world.settle()
      statuses.add((await healthOf(world, connectionId)).status)
    }
    expect(statuses).toEqual(new Set(['connected', 'degraded']))
    expect(await world.store.tokens.get('acme', connectionId)).toMatchObject({
      sealedRefresh: before?.sealedRefresh,
      version: before?.version,
    })
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
    world.sandbox.faults.clear()
    await world.sandbox.clock.advance(hour)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', failures: 0, reason: null })
  })

  it('stays the store’s trouble when the store is down', async () => {
    const store = createMemoryStore()
    let isDown = false
    const { world, connectionId } = await connected({
      store: {
        ...store,
        tokens: { ...store.tokens, get: (...key) => (isDown ? Promise.reject(new Error('EXAMPLE_db')) : store.tokens.get(...key)) },
      },
    })
    const client = await world.sdk.gmail.client({ principal, connectionId })
    await world.sandbox.clock.advance(60_000)
    isDown = true
    await expect(client.accessToken()).rejects.toThrow('EXAMPLE_db')
    isDown = false
    expect(await client.accessToken()).toEqual(expect.any(String))
  })
})

describe('F13 an access token that the API refuses before its end', () => {
  it('is replaced once, and nobody has to know', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 401, times: 1 })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'Hello', text: 'x' })
    await world.settle()
    expect(refreshes(world)).toHaveLength(1)
    expect(eventsOf(world, 'message.received')).toHaveLength(1)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', failures: 0 })
  })

  it('is not replaced again and again by an API that refuses every token', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 401 })
    for (let at = 0; at < 10; at += 1) {
      await world.sandbox.clock.advance(5 * 60_000)
      await world.sdk.gmail.sync({ principal, connectionId })
      await world.settle()
    }
    expect(refreshes(world)).toHaveLength(1)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', reason: 'token_rejected' })
    world.sandbox.faults.clear()
    await world.sandbox.clock.advance(hour)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', failures: 0 })
  })

  it('is replaced for a verb that a person waits for', async () => {
    const { world } = await connected()
    const calendarId = await connectCalendar(world)
    const window = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
    world.sandbox.clearRequests()
    world.sandbox.faults.add({ operation: 'calendar.events.list', kind: 'status', status: 401, times: 1 })
    expect(await world.sdk.calendar.events.list({ principal, connectionId: calendarId, ...window })).toMatchObject({
      events: expect.any(Array),
    })
    expect(refreshes(world)).toHaveLength(1)
    world.sandbox.faults.add({ operation: 'calendar.events.list', kind: 'status', status: 401 })
    expect(await codeOf(world.sdk.calendar.events.list({ principal, connectionId: calendarId, ...window }))).toBe('token_rejected')
    expect(refreshes(world)).toHaveLength(1)
  })
})

describe('S20 an app that is refused', () => {
  it.each([
    ['a wrong secret', (world: World, clientId: string) => void world.sandbox.google.rotateSecret(clientId), 'app_secret_invalid'],
    ['a deleted client', (world: World, clientId: string) => world.sandbox.google.deleteClient(clientId), 'app_client_id_invalid'],
  ])('blocks its connections for %s, and asks nobody to sign in again', async (_, spoil, code) => {
    const { world, setup, connectionId } = await connected()
    spoil(world, setup.clientId)
    await world.sandbox.clock.advance(hour)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'blocked_by_app', reason: code })
    expect(eventsOf(world, 'connection.blocked_by_app')).toMatchObject([{ connectionId, reason: code }])
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
    const record = await world.store.tokens.get('acme', connectionId)
    expect(record).not.toBeNull()
  })

  it('heals by itself once the secret is replaced', async () => {
    const { world, setup, connectionId } = await connected()
    const value = world.sandbox.google.rotateSecret(setup.clientId)
    await world.sandbox.clock.advance(hour)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'blocked_by_app' })
    await world.sdk.google.save({ principal, changes: { clientSecret: { action: 'replace', value } } })
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null, failures: 0, delivery: 'push' })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'after', text: 'x' })
    await world.settle()
    expect(eventsOf(world, 'message.received')).toHaveLength(1)
  })

  it('is "not configured" when the app was taken out of the settings, and comes back with it', async () => {
    const { world, setup, connectionId } = await connected()
    await world.sdk.google.save({ principal, changes: { clientSecret: { action: 'remove' } } })
    await world.sandbox.clock.advance(hour)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({
      status: 'not_configured',
      reason: 'google_not_configured',
      values: { missing: 'clientSecret' },
    })
    await world.sdk.google.save({ principal, changes: { clientSecret: { action: 'replace', value: setup.clientSecret } } })
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })
})
