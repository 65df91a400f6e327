import { describe, expect, it } from 'vitest'
import { TenantryError } from '@tenantry/sdk/errors'
import { createSilentLogger } from '@tenantry/sdk/testing'
import { operations, problemSchema } from '@tenantry/sdk/wire'
import type { Operation, Problem } from '@tenantry/sdk/wire'
import { createHandler, createMemoryRateLimiter } from './index.ts'
import type { HandlerOptions } from './index.ts'
import { createRecordingSdk } from './testing/recording-sdk.ts'
import type { RecordingSdkOptions } from './testing/recording-sdk.ts'
import { changingIds, inputOf, operationIds, requestFor, streamOf } from './testing/requests.ts'
import type { Changes } from './testing/requests.ts'
import { dana, signInByCookie } from './testing/sign-in-by-cookie.ts'

function open(options: Partial<HandlerOptions> & RecordingSdkOptions = {}) {
  const sdk = createRecordingSdk(options)
  const logger = createSilentLogger()
  return { sdk, logger, handler: createHandler(sdk, { identify: signInByCookie, logger, ...options }) }
}

/** The problem that an answer carries, as long as it is well-formed and guarded. */
async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const problem = problemSchema.parse(await response.json())
  expect(response.status).toBe(problem.status)
  return problem
}

const cap = 256 * 1024

describe.each(operationIds)('%s', (operationId) => {
  const operation: Operation = operations[operationId]

  it('asks its verb, once, as the signed-in person, and answers by the contract', async () => {
    const { sdk, handler } = open()
    const response = await handler(requestFor(operationId))
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      vary: 'cookie, origin',
    })
    expect(sdk.calls).toEqual([{ verb: operationId, input: expect.objectContaining({ principal: dana }) }])
    expect(operation.output.safeParse(await response.json()).success).toBe(true)
  })

  it('lets nothing out that the contract does not declare', async () => {
    const text = await (await open().handler(requestFor(operationId))).text()
    expect(text).not.toContain('EXAMPLE_')
    expect(text).not.toContain('setCookie')
  })

  it.each([
    ['nobody signed in', { headers: { cookie: null } }, 'unauthenticated'],
    ['a session of nobody known', { headers: { cookie: 'session=mallory' } }, 'unauthenticated'],
    ['two sessions', { headers: { cookie: 'session=dana; session=dana' } }, 'unauthenticated'],
  ])('refuses %s', async (_, changes, code) => {
    const { sdk, handler } = open()
    expect(await problemOf(await handler(requestFor(operationId, changes)))).toMatchObject({ code })
    expect(sdk.calls).toEqual([])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('EXAMPLE_session store')
      },
      'unavailable',
    ],
    ['rejects', () => Promise.reject(new Error('EXAMPLE_session store')), 'unavailable'],
    ['answers with ids that nobody has', () => ({ tenantId: '~system', userId: 'dana' }), 'unauthenticated'],
  ])('is closed when the host’s session %s', async (_, identify, code) => {
    const { sdk, logger, handler } = open({ identify })
    const problem = await problemOf(await handler(requestFor(operationId)))
    expect(problem).toMatchObject({ code })
    expect(JSON.stringify([problem, logger.lines])).not.toContain('EXAMPLE_')
    expect(sdk.calls).toEqual([])
  })

  it.each(['forbidden', 'not_found', 'unavailable', 'conflict'] as const)('passes the sdk’s %s on', async (code) => {
    const { handler } = open({ failure: new TenantryError(code) })
    expect(await problemOf(await handler(requestFor(operationId)))).toMatchObject({ code })
  })

  it.each([
    ['an error', () => new Error('EXAMPLE_token in a message', { cause: 'EXAMPLE_cause' })],
    ['an error with a code that is not ours', () => Object.assign(new TenantryError('internal'), { code: 'EXAMPLE_code' })],
    ['a string', () => 'EXAMPLE_text'],
    ['nothing', () => undefined],
  ])('says nothing of what was thrown: %s', async (_, failure) => {
    const { handler, logger } = open({ failure: failure() })
    const problem = await problemOf(await handler(requestFor(operationId)))
    expect(problem).toMatchObject({ code: 'internal', status: 500 })
    expect(JSON.stringify([problem, logger.lines])).not.toContain('EXAMPLE_')
    expect(logger.lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ requestId: problem.requestId, code: 'internal' }) }),
    )
  })

  it('answers other methods with those there are', async () => {
    const { sdk, handler } = open()
    const methods = operationIds
      .map((id) => operations[id])
      .filter(({ path }) => path === operation.path)
      .map(({ method }) => method)
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE', 'PROPFIND'].filter(
      (name) => !methods.includes(name as 'GET'),
    )) {
      const response = await handler(
        new Request(requestFor(operationId).url, { method, headers: { cookie: 'session=dana', origin: 'https://app.example.com' } }),
      )
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')?.split(', ').toSorted()).toEqual(methods.toSorted())
    }
    expect(sdk.calls).toEqual([])
  })
})

describe.each(changingIds)('%s changes something, so it', (operationId) => {
  const refusals: [string, () => Changes, string][] = [
    ['no content type', () => ({ headers: { 'content-type': null }, body: new Blob(['{}']) }), 'unsupported_media_type'],
    ['a form', () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' } }), 'unsupported_media_type'],
    ['JSON dressed as text', () => ({ headers: { 'content-type': 'text/plain; application/json' } }), 'unsupported_media_type'],
    ['a foreign origin', () => ({ headers: { origin: 'https://evil.test' } }), 'origin_not_allowed'],
    ['an origin that starts like ours', () => ({ headers: { origin: 'https://app.example.com.evil.test' } }), 'origin_not_allowed'],
    ['another port', () => ({ headers: { origin: 'https://app.example.com:8443' } }), 'origin_not_allowed'],
    ['http', () => ({ headers: { origin: 'http://app.example.com' } }), 'origin_not_allowed'],
    ['an opaque origin', () => ({ headers: { origin: 'null' } }), 'origin_not_allowed'],
    ['no origin', () => ({ headers: { origin: null } }), 'origin_not_allowed'],
    ['no origin, from a sibling', () => ({ headers: { origin: null, 'sec-fetch-site': 'same-site' } }), 'origin_not_allowed'],
    [
      'a foreign origin that claims to be ours',
      () => ({ headers: { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' } }),
      'origin_not_allowed',
    ],
    ['too much, honestly', () => ({ body: ' '.repeat(cap + 1), headers: { 'content-length': String(cap + 1) } }), 'payload_too_large'],
    [
      'too much by its length, before a byte has come',
      () => ({ body: new ReadableStream(), headers: { 'content-length': String(cap + 1) } }),
      'payload_too_large',
    ],
    ['too much in pieces, without a length', () => ({ body: streamOf(cap + 1) }), 'payload_too_large'],
    ['too much under a small length', () => ({ body: streamOf(cap * 4), headers: { 'content-length': '2' } }), 'payload_too_large'],
    [
      'a body that breaks off',
      () => ({ body: new ReadableStream({ start: (controller) => controller.error(new Error('EXAMPLE_socket')) }) }),
      'invalid_input',
    ],
    ['bytes that are no text', () => ({ body: new Uint8Array([0x7b, 0xff, 0x7d]) }), 'invalid_input'],
    ['a list', () => ({ body: '[]' }), 'invalid_input'],
    ['a text', () => ({ body: '"EXAMPLE_text"' }), 'invalid_input'],
    ['null', () => ({ body: 'null' }), 'invalid_input'],
    ['an undeclared key', () => ({ body: JSON.stringify({ ...inputOf(operationId), EXAMPLE_key: 'EXAMPLE_value' }) }), 'invalid_input'],
    [
      'a key of another tenant',
      () => ({ body: JSON.stringify({ ...inputOf(operationId), principal: { tenantId: 'globex', userId: 'EXAMPLE_' } }) }),
      'invalid_input',
    ],
    ['endless nesting', () => ({ body: '['.repeat(cap) }), 'invalid_input'],
  ]

  it.each(refusals)('refuses %s', async (_, changes, code) => {
    const { sdk, logger, handler } = open()
    const problem = await problemOf(await handler(requestFor(operationId, changes())))
    expect(problem).toMatchObject({ code })
    expect(JSON.stringify([problem, logger.lines])).not.toContain('EXAMPLE_')
    expect(sdk.calls).toEqual([])
  })

  it('refuses a body that is cut anywhere, without quoting it', async () => {
    const { sdk, handler } = open()
    const whole = JSON.stringify({ clientSecret: { action: 'replace', value: 'EXAMPLE_secret' } })
    for (let at = 1; at < whole.length; at += 1) {
      const problem = await problemOf(await handler(requestFor(operationId, { body: whole.slice(0, at) })))
      expect(problem.code).toBe('invalid_input')
      expect(JSON.stringify(problem)).not.toContain('EXAMPLE_')
    }
    expect(sdk.calls).toEqual([])
  })

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s wherever it stands', async (key) => {
    const { sdk, handler } = open()
    const poisoned = [`{"${key}":{"tenantId":"globex"}}`, `{"settings":{"a":[{"${key}":1}]}}`, `{"${key.replace('o', '\\u006f')}":{}}`]
    for (const body of poisoned)
      expect(await problemOf(await handler(requestFor(operationId, { body })))).toMatchObject({ code: 'invalid_input' })
    expect(sdk.calls).toEqual([])
  })

  it.each([
    ['the deployment’s origin', { origin: 'https://app.example.com' }],
    ['a further front end', { origin: 'https://admin.example.com' }],
    ['a browser that names no origin but the same site', { origin: null, 'sec-fetch-site': 'same-origin' }],
  ])('takes %s', async (_, headers) => {
    const { sdk, handler } = open()
    expect((await handler(requestFor(operationId, { headers }))).status).toBe(200)
    expect(sdk.calls).toHaveLength(1)
  })

  it('takes a body of exactly the limit', async () => {
    const { sdk, handler } = open()
    const body = JSON.stringify(inputOf(operationId)).padEnd(cap, ' ')
    expect((await handler(requestFor(operationId, { body }))).status).toBe(200)
    expect(sdk.calls).toHaveLength(1)
  })
})

describe('what a verb is given', () => {
  it('is the parsed input, the path’s id, the one query parameter and the page’s own origin', async () => {
    const { sdk, handler } = open()
    await handler(requestFor('google.save'))
    await handler(requestFor('google.reset'))
    await handler(requestFor('microsoft.save'))
    await handler(requestFor('microsoft.test'))
    await handler(requestFor('microsoft.reset'))
    await handler(requestFor('connections.update'))
    await handler(requestFor('connections.connect', { headers: { origin: 'https://admin.example.com' } }))
    await handler(requestFor('connections.reconnect'))
    await handler(requestFor('google.test'))
    await handler(requestFor('connections.diagnose'))
    await handler(requestFor('google.supportBundle'))
    await handler(requestFor('connections.supportBundle'))
    await handler(requestFor('connections.choices'))
    await handler(requestFor('connections.connectAnother'))
    await handler(requestFor('flows.get'))
    await handler(
      new Request('https://app.example.com/api/tenantry/connections?provider=gmail&tenantId=globex', {
        headers: { cookie: 'session=dana' },
      }),
    )
    expect(sdk.calls.map(({ input }) => input)).toEqual([
      { principal: dana, changes: inputOf('google.save') },
      { principal: dana, credentials: 'keep' },
      { principal: dana, changes: inputOf('microsoft.save') },
      { principal: dana, checks: ['client_pair'] },
      { principal: dana, credentials: 'keep' },
      { principal: dana, connectionId: 'c-1', changes: { name: 'Sales' } },
      { principal: dana, ...inputOf('connections.connect'), openerOrigin: 'https://admin.example.com' },
      { principal: dana, connectionId: 'c-1', returnTo: '/settings', openerOrigin: 'https://app.example.com' },
      { principal: dana, checks: ['topic'] },
      { principal: dana, connectionId: 'c-1', checks: ['grant', 'watch'] },
      { principal: dana, addresses: true },
      { principal: dana, connectionId: 'c-1', addresses: false },
      { principal: dana, connectionId: 'c-1' },
      { principal: dana, connectionId: 'c-1', ...inputOf('connections.connectAnother') },
      { principal: dana, flowId: 'c-1' },
      { principal: dana, provider: 'gmail' },
    ])
  })

  const withRequired = ['google.reset', 'microsoft.reset', 'connections.connect', 'connections.connectAnother']

  it.each(changingIds)('%s: no body says no more than an empty object', async (operationId) => {
    const empty = open()
    const object = open()
    const answers = [
      await empty.handler(requestFor(operationId, { body: '' })),
      await object.handler(requestFor(operationId, { body: '{}' })),
    ]
    expect(answers.map(({ status }) => status)).toEqual(withRequired.includes(operationId) ? [422, 422] : [200, 200])
    expect(empty.sdk.calls).toEqual(object.sdk.calls)
  })

  it.each([
    ['google.test', { checks: ['EXAMPLE_check'] }],
    ['google.test', { checks: 'topic' }],
    ['connections.diagnose', { checks: [7] }],
    ['google.supportBundle', { addresses: 'yes' }],
    ['connections.supportBundle', { addresses: 1 }],
  ] as const)('%s takes no %j', async (operationId, input) => {
    const { sdk, handler } = open()
    const problem = await problemOf(await handler(requestFor(operationId, { body: JSON.stringify(input) })))
    expect(problem).toMatchObject({ code: 'invalid_input', field: Object.keys(input)[0] })
    expect(JSON.stringify(problem)).not.toContain('EXAMPLE_')
    expect(sdk.calls).toEqual([])
  })

  it('is no text that had to be repaired', async () => {
    const { sdk, handler } = open()
    const body = Uint8Array.from([...new TextEncoder().encode('{"name":"'), 0xff, ...new TextEncoder().encode('"}')])
    expect(await problemOf(await handler(requestFor('connections.update', { body })))).toMatchObject({ code: 'invalid_input' })
    expect(sdk.calls).toEqual([])
  })

  it('is not a parameter that was given twice', async () => {
    const { sdk, handler } = open()
    const response = await handler(
      new Request('https://app.example.com/api/tenantry/connections?provider=gmail&provider=google-calendar', {
        headers: { cookie: 'session=dana' },
      }),
    )
    expect(await problemOf(response)).toMatchObject({ code: 'invalid_input', field: 'provider' })
    expect(sdk.calls).toEqual([])
  })

  it.each(['%00', '..%2Fgoogle', 'a%2Fb', 'a.b', 'ä', 'a'.repeat(201), ''])('is no id like %j', async (id) => {
    const { sdk, handler } = open()
    const response = await handler(
      new Request(`https://app.example.com/api/tenantry/connections/${id}`, { headers: { cookie: 'session=dana' } }),
    )
    expect(await problemOf(response)).toMatchObject({ code: 'not_found' })
    expect(sdk.calls).toEqual([])
  })
})

describe('the binding cookie', () => {
  it.each(['connections.connect', 'connections.reconnect'] as const)('of %s leaves as a header only', async (operationId) => {
    const response = await open().handler(requestFor(operationId))
    expect(response.headers.getSetCookie()).toEqual(['__Host-tn_f1=EXAMPLE_binding; Path=/; HttpOnly; SameSite=Lax; Secure'])
    expect(Object.keys(await response.json()).toSorted()).toEqual(['authorizationUrl', 'connectionId', 'expiresAt', 'flowId'])
  })
})

describe('problems', () => {
  it('name the wrong fields by their declared names', async () => {
    const body = JSON.stringify({
      clientId: { action: 'replace', value: 7 },
      projectId: { action: 'EXAMPLE_action' },
      userType: 'EXAMPLE_type',
    })
    const problem = await problemOf(await open().handler(requestFor('google.save', { body })))
    expect(problem.fields?.map(({ field }) => field).toSorted()).toEqual(['clientId', 'projectId', 'userType'])
    expect(JSON.stringify(problem)).not.toContain('EXAMPLE_')
  })

  it('carry fields, values, filled words and the time to wait', async () => {
    const failure = new TenantryError('flow_limit', {
      retryAfterMs: 1500,
      fields: [{ field: 'clientId', code: 'client_id_is_email', values: { a: 'b' } }],
      values: { name: 'Support' },
    })
    const response = await open({ failure }).handler(requestFor('connections.connect'))
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await problemOf(response)).toMatchObject({
      code: 'flow_limit',
      field: 'clientId',
      fields: [{ field: 'clientId', code: 'client_id_is_email', values: { a: 'b' } }],
      values: { name: 'Support' },
      retryAfterMs: 1500,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const exists = await problemOf(
      await open({ failure: new TenantryError('connection_exists', { values: { name: 'Support' } }) }).handler(
        requestFor('connections.connect'),
      ),
    )
    expect(exists.detail).toContain('Support')
  })
})

describe('the rate limit', () => {
  it('counts each person and operation by itself, says how long to wait, and refills', async () => {
    let now = 0
    const rate = createMemoryRateLimiter({ clock: { now: () => now }, burst: 2, perMinute: 60 })
    const { sdk, handler } = open({
      limits: { rate },
      identify: (request) => ({ tenantId: 'acme', userId: request.headers.get('cookie') ?? '' }),
    })
    const ask = (operationId: 'google.status' | 'connections.list', cookie = 'dana') =>
      handler(requestFor(operationId, { headers: { cookie } }))
    expect((await ask('google.status')).status).toBe(200)
    expect((await ask('google.status')).status).toBe(200)
    const refused = await ask('google.status')
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await problemOf(refused)).toMatchObject({ code: 'rate_limited', retryAfterMs: 1000 })
    expect((await ask('connections.list')).status).toBe(200)
    expect((await ask('google.status', 'erik')).status).toBe(200)
    now = 999
    expect((await ask('google.status')).status).toBe(429)
    now = 1000
    expect((await ask('google.status')).status).toBe(200)
    expect(sdk.calls).toHaveLength(5)
  })

  it('counts sign-ins of one address over all people, when the host knows the address', async () => {
    const rate = createMemoryRateLimiter({ clock: { now: () => 0 }, burst: 2, perMinute: 60 })
    let user = 0
    const { handler } = open({
      limits: { rate },
      clientAddress: () => '192.0.2.1',
      identify: () => ({ tenantId: 'acme', userId: `user-${(user += 1)}` }),
    })
    const statuses = []
    for (let at = 0; at < 3; at += 1) statuses.push((await handler(requestFor('connections.connect'))).status)
    expect(statuses).toEqual([200, 200, 429])
  })

  it('is on by default, and closed when the limiter is down', async () => {
    const { handler } = open()
    const statuses = new Set<number>()
    for (let at = 0; at < 125; at += 1) statuses.add((await handler(requestFor('google.status'))).status)
    expect([...statuses]).toEqual([200, 429])
    const broken = open({ limits: { rate: { take: () => Promise.reject(new Error('EXAMPLE_redis')) } } })
    expect(await problemOf(await broken.handler(requestFor('google.status')))).toMatchObject({ code: 'unavailable' })
    expect(broken.sdk.calls).toEqual([])
  })

  it('forgets the key that was idle for longest, and no other', () => {
    const limiter = createMemoryRateLimiter({ clock: { now: () => 0 }, burst: 1, perMinute: 1, maxKeys: 2 })
    expect([limiter.take('a'), limiter.take('b')]).toEqual([0, 0])
    expect(limiter.take('a')).toBe(60_000)
    expect(limiter.take('c')).toBe(0)
    expect(limiter.take('a')).toBe(60_000)
    expect(limiter.take('b')).toBe(0)
  })
})

describe('where the handler stands', () => {
  const at = (path: string) => ({ url: `https://app.example.com${path}` })

  it.each([
    '/api/tenantry',
    '/api/tenantry/google',
    '/api/tenantry/nothing',
    '/api/auth/google/callback',
    '/api/email/webhooks/google/key',
    '/api/calendar/webhooks/google',
  ])('%s is ours', (path) => {
    expect(open().handler.handles(at(path))).toBe(true)
  })

  it.each([
    '/',
    '/api',
    '/api/tenantry-evil',
    '/api/tenantry/../users',
    '/api/auth/google/callback/',
    '/api/auth/github/callback',
    '/api/email/webhooks/google/a/b',
  ])('%s is not', async (path) => {
    const { sdk, handler } = open()
    expect(handler.handles(at(path))).toBe(false)
    expect(await problemOf(await handler(new Request(at(path).url)))).toMatchObject({ code: 'not_found' })
    expect(sdk.calls).toEqual([])
  })

  it('keeps the callbacks when the base path contains them', async () => {
    const { sdk, handler } = open({ basePath: '/api' })
    expect((await handler(new Request('https://app.example.com/api/auth/google/callback'))).headers.get('content-type')).toContain(
      'text/html',
    )
    expect((await handler(new Request('https://app.example.com/api/google', { headers: { cookie: 'session=dana' } }))).status).toBe(200)
    expect(sdk.calls.map(({ verb }) => verb)).toEqual(['flows.complete', 'google.status'])
  })

  it.each(['api/tenantry', '/api/tenantry/', 'https://app.example.com/api', '/a b', ''])('is not made under %j', (basePath) => {
    expect(() => open({ basePath })).toThrow(TypeError)
  })
})
