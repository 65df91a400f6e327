import { afterEach, describe, expect, it, vi } from 'vitest'
import { complete, connectCalendar, connectGmail, consent, setUpGoogle, signIn, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createWorld } from '../create-world.ts'
import type { World } from '../create-world.ts'
import { codeOf } from '../expectations.ts'

const gmailScope = 'https://www.googleapis.com/auth/gmail.readonly'
const settings = { name: 'Support', mailbox: 'support@acme.test' }
const address = 'support@acme.test'

async function begin(world = createWorld()) {
  const setup = await setUpGoogle(world)
  return { world, setup, begun: await world.sdk.gmail.connect({ principal, settings }) }
}

const tokenCalls = (world: World) => world.sandbox.requests.filter(({ operation }) => operation === 'oauth.token')
const revocations = (world: World) => world.sandbox.requests.filter(({ operation }) => operation === 'oauth.revoke')

describe('S06 the connect URL', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('is the tenant’s own app with PKCE, hint and consent; app-level credentials in the environment are ignored', async () => {
    vi.stubEnv('GOOGLE_CLIENT_ID', '999999-EXAMPLE_env.apps.googleusercontent.com')
    vi.stubEnv('GOOGLE_CLIENT_SECRET', 'GOCSPX-EXAMPLE_env')
    const { world, setup, begun } = await begin()
    const url = new URL(begun.authorizationUrl)
    expect(url.origin + url.pathname).toBe(world.sandbox.endpoints.authorization)
    const parameters = Object.fromEntries(url.searchParams)
    expect(parameters).toMatchObject({
      client_id: setup.clientId,
      response_type: 'code',
      redirect_uri: 'https://app.example.com/api/auth/google/callback',
      access_type: 'offline',
      prompt: 'consent',
      login_hint: address,
      code_challenge_method: 'S256',
    })
    expect(parameters['scope']?.split(' ')).toEqual(['openid', 'https://www.googleapis.com/auth/userinfo.email', gmailScope])
    expect(parameters['code_challenge']).toMatch(/^[\w-]{43}$/)
    expect(parameters['state']).not.toContain(address)
    expect(begun.authorizationUrl).not.toContain('EXAMPLE_env')
    expect(begun.setCookie).toMatch(/^__Host-tn_[0-9a-f]{8}=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/)
  })

  it('uses the calendar’s own redirect URI and, in separate mode, the calendar’s own client', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const { clientId, clientSecret } = world.sandbox.google.createClient({
      projectId: world.sandbox.google.createProject().projectId,
      redirectUris: ['https://app.example.com/api/auth/google/calendar/callback'],
    })
    await world.sdk.google.save({
      principal,
      changes: {
        calendarMode: 'separate',
        calendarClientId: { action: 'replace', value: clientId },
        calendarClientSecret: { action: 'replace', value: clientSecret },
      },
    })
    const begun = await world.sdk.calendar.connect({ principal, settings: { name: 'On-call' } })
    const { searchParams } = new URL(begun.authorizationUrl)
    expect(searchParams.get('client_id')).toBe(clientId)
    expect(searchParams.get('redirect_uri')).toBe('https://app.example.com/api/auth/google/calendar/callback')
  })

  it('is refused before anything is set up, with what is missing, and falls back to no other app', async () => {
    vi.stubEnv('GOOGLE_CLIENT_ID', '999999-EXAMPLE_env.apps.googleusercontent.com')
    vi.stubEnv('GOOGLE_CLIENT_SECRET', 'GOCSPX-EXAMPLE_env')
    const world = createWorld()
    const failure = await world.sdk.gmail.connect({ principal, settings }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'google_not_configured',
      values: { missing: 'projectId, clientId, clientSecret, serviceAccountKey' },
    })
    expect(world.sandbox.requests).toEqual([])
  })

  it.each([
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    'https://evil.test/',
    'javascript:alert(1)',
    'https://app.example.com@evil.test',
    'https://app.example.com.evil.test',
    '/%0d%0aset-cookie',
    `/${'a'.repeat(65_536)}`,
    'data:text/html,x',
  ])('never sends anyone to %j afterwards', async (returnTo) => {
    const world = createWorld()
    await setUpGoogle(world)
    const call = world.sdk.gmail.connect({ principal, settings, returnTo })
    if (returnTo === '/%0d%0aset-cookie') await expect(call).resolves.toBeDefined()
    else expect(await codeOf(call)).toBe('return_to_invalid')
  })
})

describe('S07 state is bound, single-use, ten minutes', () => {
  it('(a) refuses a state older than 600 s', async () => {
    const { world, begun } = await begin()
    const redirect = consent(world, begun, { address })
    await world.sandbox.clock.advance(600_000)
    expect(await complete(world, begun, redirect)).toMatchObject({ outcome: 'failed', code: 'state_expired' })
    expect(tokenCalls(world)).toHaveLength(0)
  })

  it('(b) refuses the same state the second time', async () => {
    const { world, begun } = await begin()
    const redirect = consent(world, begun, { address })
    expect(await complete(world, begun, redirect)).toMatchObject({ outcome: 'connected' })
    expect(await complete(world, begun, redirect)).toMatchObject({ outcome: 'failed', code: 'state_used' })
    expect(tokenCalls(world)).toHaveLength(1)
  })

  it('(c) refuses another browser, without a cookie or with another flow’s', async () => {
    for (const cookie of [undefined, 'other']) {
      const { world, begun } = await begin()
      const other = await world.sdk.gmail.connect({ principal, settings: { name: 'Other', mailbox: 'other@acme.test' } })
      const redirect = consent(world, begun, { address })
      const setCookie = cookie === undefined ? 'none=x' : begun.setCookie.replace(/=[^;]*/, other.setCookie.match(/=[^;]*/)?.[0] ?? '')
      expect(await complete(world, { ...begun, setCookie }, redirect)).toMatchObject({ outcome: 'failed', code: 'browser_mismatch' })
      expect(tokenCalls(world)).toHaveLength(0)
    }
  })

  it.each([null, { tenantId: 'acme', userId: 'mallory' }, { tenantId: 'globex', userId: 'dana' }])(
    '(d) refuses the session %j',
    async (session) => {
      const { world, begun } = await begin()
      expect(await complete(world, begun, consent(world, begun, { address }), session)).toMatchObject({
        outcome: 'failed',
        code: 'session_mismatch',
      })
      expect(tokenCalls(world)).toHaveLength(0)
    },
  )

  it('(e) refuses a state with any byte changed, cut, doubled, or of another installation', async () => {
    const { world, begun } = await begin()
    const redirect = new URL(consent(world, begun, { address }))
    const state = redirect.searchParams.get('state') ?? ''
    const foreign = new URL((await begin()).begun.authorizationUrl).searchParams.get('state') ?? ''
    const flipped = [...state]
      .map((character, at) => state.slice(0, at) + (character === 'A' ? 'B' : 'A') + state.slice(at + 1))
      .filter((text) => text !== state)
    for (const bad of [...flipped, state.slice(0, -1), `${state}A`, '', 'v1..', 'x'.repeat(10_000), foreign]) {
      redirect.searchParams.set('state', bad)
      expect(await complete(world, begun, redirect.href)).toMatchObject({ outcome: 'failed', code: 'state_invalid', flowId: null })
    }
    redirect.searchParams.set('state', state)
    redirect.searchParams.append('state', state)
    expect(await complete(world, begun, redirect.href)).toMatchObject({ code: 'state_invalid' })
    expect(tokenCalls(world)).toHaveLength(0)
  })

  it('spends one code for a hundred callbacks at once', async () => {
    const { world, begun } = await begin()
    const redirect = consent(world, begun, { address })
    const results = await Promise.all(Array.from({ length: 100 }, () => complete(world, begun, redirect)))
    expect(results.filter(({ outcome }) => outcome === 'connected')).toHaveLength(1)
    expect(new Set(results.map(({ code }) => code))).toEqual(new Set([null, 'state_used']))
    expect(tokenCalls(world)).toHaveLength(1)
  })

  it('refuses the answer on the other provider’s callback, and answers of another issuer', async () => {
    const { world, begun } = await begin()
    const redirect = consent(world, begun, { address })
    expect(await complete(world, begun, redirect.replace('/google/callback', '/google/calendar/callback'))).toMatchObject({
      code: 'state_invalid',
    })
    for (const iss of ['https://evil.test', '', 'https://accounts.google.com/']) {
      const next = await begin()
      const url = new URL(consent(next.world, next.begun, { address }))
      url.searchParams.set('iss', iss)
      expect(await complete(next.world, next.begun, url.href)).toMatchObject({ code: 'issuer_mismatch' })
      expect(tokenCalls(next.world)).toHaveLength(0)
    }
    expect(tokenCalls(world)).toHaveLength(0)
  })

  it('lets a person have five sign-ins open, not six', async () => {
    const { world } = await begin()
    for (let at = 0; at < 4; at += 1) await world.sdk.calendar.connect({ principal, settings: { name: `c${at}` } })
    expect(await codeOf(world.sdk.calendar.connect({ principal, settings: { name: 'c5' } }))).toBe('flow_limit')
    await world.sandbox.clock.advance(601_000)
    expect(await codeOf(world.sdk.calendar.connect({ principal, settings: { name: 'c6' } }))).toBe('(succeeded)')
  })
})

describe('S08 the code exchange', () => {
  it('sends code, verifier, exact redirect URI and the tenant’s credentials once', async () => {
    const { world, setup, begun } = await begin()
    const redirect = consent(world, begun, { address })
    expect(await complete(world, begun, redirect)).toMatchObject({
      outcome: 'connected',
      code: null,
      openerOrigin: 'https://app.example.com',
      connectionId: begun.connectionId,
    })
    const form = Object.fromEntries(new URLSearchParams(String(tokenCalls(world)[0]?.body)))
    expect(form).toEqual({
      grant_type: 'authorization_code',
      code: new URL(redirect).searchParams.get('code'),
      redirect_uri: 'https://app.example.com/api/auth/google/callback',
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
      client_id: setup.clientId,
      client_secret: setup.clientSecret,
    })
  })

  it('refuses a code when the app was changed after the start', async () => {
    const { world, begun } = await begin()
    await world.sdk.google.save({ principal, changes: { clientSecret: { action: 'replace', value: 'GOCSPX-EXAMPLE_rotated' } } })
    expect(await signIn(world, begun, { address })).toMatchObject({ code: 'conflict' })
    expect(tokenCalls(world)).toHaveLength(0)
  })

  it('says so when the person presses Cancel, and forgets the sign-in that never was', async () => {
    const { world, begun } = await begin()
    expect(await signIn(world, begun, { address, deny: true })).toMatchObject({ outcome: 'failed', code: 'access_denied' })
    expect(await world.sdk.flows.get({ principal, flowId: begun.flowId })).toMatchObject({ status: 'failed', code: 'access_denied' })
    expect((await world.sdk.gmail.list({ principal })).connections).toEqual([])
    await world.sandbox.clock.advance(3_600_001)
    await world.settle()
    expect(await world.store.connections.get('acme', begun.connectionId)).toBeNull()
  })
})

describe('S09 a missing refresh token does not erase one', () => {
  it('keeps the stored one on a reconnect, and refuses a first connect', async () => {
    let dropped = true
    const world: World = createWorld({
      fetch: async (request) => (dropped ? withoutRefreshToken(await world.sandbox.fetch(request)) : world.sandbox.fetch(request)),
    })
    await setUpGoogle(world)
    const first = await world.sdk.gmail.connect({ principal, settings })
    expect(await signIn(world, first, { address })).toMatchObject({ outcome: 'failed', code: 'needs_consent' })
    expect(await world.store.tokens.get('acme', first.connectionId)).toBeNull()
    dropped = false
    const connectionId = await connectGmail(world)
    const before = await world.store.tokens.get('acme', connectionId)
    dropped = true
    const again = await world.sdk.gmail.reconnect({ principal, connectionId })
    expect(await signIn(world, again, { address })).toMatchObject({ outcome: 'connected' })
    const after = await world.store.tokens.get('acme', connectionId)
    expect(after).toMatchObject({ version: (before?.version ?? 0) + 1, grantedAt: before?.grantedAt })
    await world.sandbox.clock.advance(3_600_000)
    await world.settle()
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected', failures: 0 } })
    expect(tokenCalls(world).some(({ body }) => String(body).includes('grant_type=refresh_token'))).toBe(true)
  })
})

/** What Google answers to someone who has consented before, when it is not asked for consent again. */
async function withoutRefreshToken(response: Response): Promise<Response> {
  if (!response.headers.get('content-type')?.includes('json')) return response
  const { refresh_token: _, ...rest } = await response.json()
  return Response.json(rest, { status: response.status })
}

describe('S10 scopes and account are checked before "connected"', () => {
  it('takes the grant back when Gmail was unticked', async () => {
    const { world, begun } = await begin()
    expect(await signIn(world, begun, { address, scopes: ['openid', 'https://www.googleapis.com/auth/userinfo.email'] })).toMatchObject({
      code: 'insufficient_scope',
      values: { scopes: gmailScope },
    })
    expect(revocations(world)).toHaveLength(1)
    expect(revocations(world)[0]?.url).not.toContain('token=')
    expect(await world.store.tokens.get('acme', begun.connectionId)).toBeNull()
  })

  it('names both addresses when another account signed in, and stores nothing', async () => {
    const { world, begun } = await begin()
    expect(await signIn(world, begun, { address: 'dana@acme.test' })).toMatchObject({
      code: 'account_mismatch',
      values: { expected: address, actual: 'dana@acme.test' },
    })
    expect(revocations(world)).toHaveLength(1)
    expect(await world.store.tokens.get('acme', begun.connectionId)).toBeNull()
  })

  it('compares without case, and allows an alias when told to', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const upper = await world.sdk.gmail.connect({ principal, settings: { name: 'Upper', mailbox: 'Support@ACME.test' } })
    expect(await signIn(world, upper, { address })).toMatchObject({ outcome: 'connected' })
    const alias = await world.sdk.gmail.connect({ principal, settings: { name: 'Alias', mailbox: 'help@acme.test', allowAlias: true } })
    expect(await signIn(world, alias, { address: 'dana@acme.test' })).toMatchObject({ outcome: 'connected' })
  })

  it('undoes everything when the mailbox itself turns out to be another’s', async () => {
    const { world, begun } = await begin()
    world.sandbox.faults.add({
      operation: 'gmail.profile',
      kind: 'body',
      body: JSON.stringify({ emailAddress: 'Other@acme.test', historyId: '7', messagesTotal: 0, threadsTotal: 0 }),
      contentType: 'application/json',
      times: 1,
    })
    expect(await signIn(world, begun, { address })).toMatchObject({
      code: 'account_mismatch',
      values: { expected: address, actual: 'Other@acme.test' },
    })
    expect(await world.store.tokens.get('acme', begun.connectionId)).toBeNull()
    expect(revocations(world)).toHaveLength(1)
  })

  it('does not throw the consent away when the probe fails for another reason: that is a status', async () => {
    const { world, setup, begun } = await begin()
    world.sandbox.google.setApi(setup.projectId, 'gmail', false)
    expect(await signIn(world, begun, { address })).toMatchObject({ outcome: 'connected' })
    expect(await world.sdk.gmail.get({ principal, connectionId: begun.connectionId })).toMatchObject({
      health: { status: 'error', reason: 'api_not_enabled' },
    })
    world.sandbox.google.setApi(setup.projectId, 'gmail', true)
    await world.sandbox.clock.advance(20 * 60_000)
    await world.settle()
    expect(await world.sdk.gmail.get({ principal, connectionId: begun.connectionId })).toMatchObject({
      health: { status: 'connected', delivery: 'push' },
    })
  })

  it('does not revoke a grant that another connection of the same account lives on', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectCalendar(world, { address })
    const begun = await world.sdk.gmail.connect({ principal, settings })
    expect(await signIn(world, begun, { address, scopes: ['openid', 'https://www.googleapis.com/auth/userinfo.email'] })).toMatchObject({
      code: 'insufficient_scope',
    })
    expect(revocations(world)).toHaveLength(0)
  })

  it('connects a mailbox once: the second is told which connection has it', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectGmail(world)
    const failure = await world.sdk.gmail
      .connect({ principal, settings: { name: 'Again', mailbox: address } })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'connection_exists', values: { name: 'Support' } })
  })
})
