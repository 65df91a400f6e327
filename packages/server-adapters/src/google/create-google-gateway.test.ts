import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { createSandbox } from '@tenantry/sandbox'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { ServiceAccountKey } from '@tenantry/sdk/model'
import { maxGmailMessageBytes } from '@tenantry/sdk/ports'
import type { Fetch, Logger } from '@tenantry/sdk/ports'
import { describe, expect, it, vi } from 'vitest'
import { createGoogleGateway, googleEndpoints } from './index.ts'
import type { GoogleGatewayOptions } from './index.ts'

const user = { accessToken: 'ya29.EXAMPLE_access' }
const mebibyte = 1024 * 1024
const clock = { now: () => Date.UTC(2026, 0, 1) }

function createGateway(fetch: Fetch, options: Partial<GoogleGatewayOptions> = {}) {
  return createGoogleGateway({ crypto: createWebCrypto(), clock, fetch, ...options })
}

const json = (value: unknown, init: ResponseInit = {}) => Response.json(value, init)

/** A body that goes on until it is cancelled. */
function endless(chunk: Uint8Array<ArrayBuffer>, everyMs = 0): { body: ReadableStream; sent(): number; cancelled(): boolean } {
  let sent = 0
  let cancelled = false
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, everyMs))
      sent += chunk.length
      controller.enqueue(chunk)
    },
    cancel() {
      cancelled = true
    },
  })
  return { body, sent: () => sent, cancelled: () => cancelled }
}

async function refusalOf(answer: Promise<unknown>): Promise<ProviderRefusal> {
  const error = await answer.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProviderRefusal)
  return error as ProviderRefusal
}

describe('endpoints', () => {
  it('are Google, each on its own host, unless told otherwise', async () => {
    const asked: string[] = []
    const gateway = createGateway(async (request) => {
      asked.push(request.url)
      return json({ emailAddress: 'a@acme.test', historyId: '1', id: 'c', summary: 'C' })
    })
    await gateway.gmail.getProfile(user)
    await gateway.calendar.getCalendar(user, 'a b@acme.test')
    expect(gateway.endpoints).toEqual(googleEndpoints)
    expect(asked).toEqual([
      'https://gmail.googleapis.com/gmail/v1/users/me/profile',
      'https://www.googleapis.com/calendar/v3/users/me/calendarList/a%20b%40acme.test',
    ])
  })

  const wrong = [
    'http://gmail.example.com',
    'ftp://gmail.example.com',
    'gmail.googleapis.com',
    '//gmail.googleapis.com',
    'https://user@gmail.googleapis.com',
    'https://gmail.googleapis.com/?x=1',
    'https://gmail.googleapis.com/#x',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'javascript:alert(1)',
    '',
  ]
  it.each(wrong)('cannot be %j', (address) => {
    for (const name of Object.keys(googleEndpoints)) {
      expect(() => createGateway(fetch, { endpoints: { ...googleEndpoints, [name]: address } })).toThrow(new RegExp(`endpoints\\.${name}`))
    }
  })

  it.each([
    'https://gmail.example.com',
    'http://localhost:4010/gmail.googleapis.com/',
    'http://127.0.0.1:80',
    'http://[::1]:4010',
    'http://google.localhost',
  ])('can be %j', (gmail) => {
    expect(createGateway(fetch, { endpoints: { ...googleEndpoints, gmail } }).endpoints.gmail).toBe(gmail.replace(/\/$|:80$/, ''))
  })
})

describe('one call', () => {
  it('follows no redirect, sends no cookies and is asked once', async () => {
    const fetch = vi.fn<Fetch>(async () => json({}, { status: 503 }))
    await refusalOf(createGateway(fetch).gmail.listLabels(user))
    expect(fetch).toHaveBeenCalledTimes(1)
    expect(fetch.mock.calls[0]?.[0]).toMatchObject({ redirect: 'error', credentials: 'omit' })
  })

  it('ends at its deadline while the answer drips, and hangs up', async () => {
    const drip = endless(new Uint8Array([32]), 20)
    let aborted = false
    const gateway = createGateway(
      async (request) => {
        request.signal.addEventListener('abort', () => {
          aborted = true
        })
        return new Response(drip.body, { headers: { 'content-type': 'application/json' } })
      },
      { deadlineMs: 200 },
    )
    expect(await refusalOf(gateway.gmail.getProfile(user))).toMatchObject({ httpStatus: 0, reason: 'deadline' })
    expect(aborted).toBe(true)
  })

  it('ends at its deadline although fetch does not listen', async () => {
    const gateway = createGateway(() => new Promise<Response>(() => undefined), { deadlineMs: 50 })
    expect(await refusalOf(gateway.calendar.listCalendars(user))).toMatchObject({ httpStatus: 0, reason: 'deadline' })
  })

  it('reads no more than it needs of an endless answer', async () => {
    for (const [status, call, cap] of [
      [200, 'getProfile', 64 * 1024],
      [500, 'getProfile', 64 * 1024],
      [200, 'getMessage', 108 * mebibyte],
    ] as const) {
      const flood = endless(new Uint8Array(mebibyte / 4))
      const gateway = createGateway(async () => new Response(flood.body, { status, headers: { 'content-type': 'application/json' } }))
      const answer = call === 'getProfile' ? gateway.gmail.getProfile(user) : gateway.gmail.getMessage(user, 'm1')
      expect(await refusalOf(answer)).toMatchObject({ httpStatus: status, reason: 'answer_too_large' })
      expect(flood.sent()).toBeLessThan(cap + mebibyte)
      expect(flood.cancelled()).toBe(true)
    }
  })

  it('refuses at once what is announced as too large', async () => {
    const flood = endless(new Uint8Array(1024))
    const headers = { 'content-type': 'application/json', 'content-length': String(200 * mebibyte) }
    const gateway = createGateway(async () => new Response(flood.body, { headers }))
    expect(await refusalOf(gateway.gmail.getMessage(user, 'm1'))).toMatchObject({ httpStatus: 200, reason: 'answer_too_large' })
    expect(flood.sent()).toBeLessThan(10 * 1024)
    expect(flood.cancelled()).toBe(true)
  })

  it('refuses a message that is larger than the limit by one byte, and takes one that is not', async () => {
    const answer = (size: number) => () => {
      const raw = Buffer.alloc(size, 0xfb).toString('base64url')
      return Promise.resolve(json({ id: 'm1', threadId: 't1', internalDate: '1', raw }))
    }
    const over = createGateway(answer(maxGmailMessageBytes + 1)).gmail.getMessage(user, 'm1')
    expect(await refusalOf(over)).toMatchObject({ operation: 'gmail.messages.get', httpStatus: 200, reason: 'answer_too_large' })
    const largest = await createGateway(answer(maxGmailMessageBytes)).gmail.getMessage(user, 'm1')
    expect(largest.raw.length).toBe(maxGmailMessageBytes)
  }, 60_000)

  it('reads a message with 50 MB attached, byte for byte', async () => {
    const sandbox = createSandbox()
    const { google, endpoints } = sandbox
    const address = google.createAccount({ address: 'support@acme.test' }).address
    const client = google.createClient({ projectId: google.createProject().projectId, redirectUris: ['https://app.example.com/cb'] })
    const scopes = ['https://www.googleapis.com/auth/gmail.readonly']
    const asked = { clientId: client.clientId, redirectUri: 'https://app.example.com/cb', address, scopes }
    const form = {
      grant_type: 'authorization_code',
      code: google.grantConsent(asked).code,
      redirect_uri: asked.redirectUri,
      client_id: client.clientId,
      client_secret: client.clientSecret,
    }
    const granted = await sandbox.fetch(new Request(endpoints.token, { method: 'POST', body: new URLSearchParams(form) }))
    const { access_token: accessToken } = (await granted.json()) as { access_token: string }
    const head = 'Subject: large\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    const eml = Buffer.concat([Buffer.from(head), Buffer.from(randomBytes(50_000_000).toString('base64').replace(/.{76}/g, '$&\r\n'))])
    const { id } = google.deliverMail(address, { eml })
    const gateway = createGateway(sandbox.fetch, { endpoints, deadlineMs: 30_000 })
    const message = await gateway.gmail.getMessage({ accessToken }, id)
    expect(eml.equals(message.raw)).toBe(true)
  }, 60_000)

  it('waits longer for a large answer that has begun, and not for one that has not', async () => {
    const slow =
      (everyMs: number, pieces: number): Fetch =>
      async () => {
        const parts = [`{"id":"m1","threadId":"t1","internalDate":"1","raw":"`, ...Array.from({ length: pieces }, () => 'QUFB'), '"}']
        const body = new ReadableStream({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, everyMs))
            const part = parts.shift()
            if (part === undefined) controller.close()
            else controller.enqueue(new TextEncoder().encode(part))
          },
        })
        return new Response(body, { headers: { 'content-type': 'application/json' } })
      }
    const deadlineMs = 200
    const message = await createGateway(slow(80, 5), { deadlineMs }).gmail.getMessage(user, 'm1')
    expect(new TextDecoder().decode(message.raw)).toBe('AAA'.repeat(5))
    for (const never of [() => new Promise<Response>(() => undefined), slow(80, 1000)]) {
      const begun = performance.now()
      expect(await refusalOf(createGateway(never, { deadlineMs }).gmail.getMessage(user, 'm1'))).toMatchObject({ reason: 'deadline' })
      expect(performance.now() - begun).toBeLessThan(deadlineMs * 12)
    }
    expect(await refusalOf(createGateway(slow(80, 5), { deadlineMs }).gmail.getProfile(user))).toMatchObject({ reason: 'deadline' })
  }, 20_000)

  it('reads a message of 5 MiB', async () => {
    const raw = new Uint8Array(5 * mebibyte).fill(0xfb)
    const gateway = createGateway(async () =>
      json({ id: 'm1', threadId: 't1', internalDate: '1767225600000', raw: Buffer.from(raw).toString('base64url') }),
    )
    const message = await gateway.gmail.getMessage(user, 'm1')
    expect(Buffer.from(message.raw).equals(raw)).toBe(true)
    expect({ ...message, raw: null }).toEqual({ id: 'm1', threadId: 't1', labelIds: [], internalDate: 1_767_225_600_000, raw: null })
  })

  it('is refused when a message is not base64url', async () => {
    const gateway = createGateway(async () => json({ id: 'm1', threadId: 't1', internalDate: '1', raw: 'a+b/' }))
    expect(await refusalOf(gateway.gmail.getMessage(user, 'm1'))).toMatchObject({ reason: 'unexpected_answer' })
  })

  it('tells the log what happened and nothing of what was said', async () => {
    const lines: unknown[] = []
    const logger: Logger = { log: (...line) => lines.push(line) }
    const error = { code: 403, message: 'EXAMPLE_text', errors: [{ reason: 'rate limit EXAMPLE_reason' }], status: 'PERMISSION_DENIED' }
    const refused = await refusalOf(createGateway(async () => json({ error }, { status: 403 }), { logger }).gmail.getProfile(user))
    expect(lines).toEqual([['debug', 'google.refused', { operation: 'gmail.profile.get', httpStatus: 403, reason: 'PERMISSION_DENIED' }]])
    expect(inspect(refused, { depth: 9, showHidden: true })).not.toMatch(/EXAMPLE_text|EXAMPLE_reason|EXAMPLE_access/)
  })

  it('says nothing of what the network said', async () => {
    const gateway = createGateway(() => Promise.reject(new TypeError('connect EXAMPLE_host', { cause: 'EXAMPLE_cause' })))
    const refused = await refusalOf(gateway.gmail.getProfile(user))
    expect(refused).toMatchObject({ httpStatus: 0, reason: 'network' })
    expect(inspect(refused, { depth: 9, showHidden: true })).not.toMatch(/EXAMPLE_/)
  })
})

describe('reasons', () => {
  const refuse = async (body: unknown) => refusalOf(createGateway(async () => json(body, { status: 403 })).gmail.getProfile(user))

  it.each([
    [{ error: { message: 'm', status: 'PERMISSION_DENIED', errors: [{ reason: 'rateLimitExceeded' }] } }, 'rateLimitExceeded'],
    [
      {
        error: {
          status: 'PERMISSION_DENIED',
          details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }],
        },
      },
      'SERVICE_DISABLED',
    ],
    [{ error: { status: 'NOT_FOUND' } }, 'NOT_FOUND'],
    [{ error: 'invalid_grant', error_description: 'Bad Request' }, 'invalid_grant'],
    [{ error: { status: 7, errors: 'x', details: [null, { '@type': 3 }], message: {} } }, undefined],
    [{ error: null }, undefined],
    [{}, undefined],
    ['invalid_grant', undefined],
    [{ error: 'a sentence that may quote something' }, undefined],
  ])('of %j', async (body, reason) => {
    expect((await refuse(body)).reason).toBe(reason)
  })

  it('leave every other machine word within reach of the classification', async () => {
    const details = [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'RATE_LIMIT_EXCEEDED',
        metadata: { permission: 'pubsub.topics.attachSubscription' },
      },
      {
        '@type': 'type.googleapis.com/google.rpc.PreconditionFailure',
        violations: [{ type: 'constraints/iam.allowedPolicyMemberDomains' }],
      },
    ]
    const refused = await refuse({
      error: { message: 'long '.repeat(100), status: 'ABORTED', errors: [{ reason: 'userRateLimitExceeded' }], details },
    })
    expect(refused.reason).toBe('userRateLimitExceeded')
    for (const word of ['RATE_LIMIT_EXCEEDED', 'iam.allowedPolicyMemberDomains', 'ABORTED', 'pubsub.topics.attachSubscription', 'long'])
      expect(refused.mentions(word)).toBe(true)
  })
})

describe('Pub/Sub', () => {
  const key: ServiceAccountKey = {
    type: 'service_account',
    project_id: 'acme-mail-473210',
    private_key_id: 'k1',
    private_key: 'EXAMPLE_pem',
    client_id: '1',
    client_email: 'pusher-1@acme-mail-473210.iam.gserviceaccount.com',
  }
  const crypto = { ...createWebCrypto(), signRs256: async () => new Uint8Array(256) }
  const topic = 'projects/acme-mail-473210/topics/tenantry-mail'

  function createPubSub(answer: (request: Request) => Response, issued: string[] = []) {
    const fetch: Fetch = async (request) => {
      if (request.url !== googleEndpoints.token) return answer(request)
      issued.push(`EXAMPLE_token_${issued.length}`)
      return json({ access_token: issued.at(-1), expires_in: 3599, token_type: 'Bearer' })
    }
    return createGateway(fetch, { crypto }).pubsub
  }

  it('keeps conditions between reading and writing a policy, and asks for them', async () => {
    const asked: { url: string; body: unknown }[] = []
    const condition = { title: 'office hours', expression: 'request.time.getHours() < 17' }
    const policy = { etag: 'BwX', version: 3, bindings: [{ role: 'roles/pubsub.publisher', members: ['user:dana@acme.test'], condition }] }
    const pubsub = createPubSub((request) => {
      asked.push({ url: request.url, body: null })
      return json(policy)
    })
    expect(await pubsub.getTopicPolicy(key, topic)).toEqual(policy)
    expect(asked[0]?.url).toBe(`https://pubsub.googleapis.com/v1/${topic}:getIamPolicy?options.requestedPolicyVersion=3`)
  })

  it('asks for another token after one was not accepted', async () => {
    const issued: string[] = []
    const used: (string | null)[] = []
    const pubsub = createPubSub((request) => {
      used.push(request.headers.get('authorization'))
      return used.length === 1 ? json({ error: { status: 'UNAUTHENTICATED' } }, { status: 401 }) : json({ name: topic })
    }, issued)
    expect(await refusalOf(pubsub.getTopic(key, topic))).toMatchObject({ httpStatus: 401 })
    await pubsub.getTopic(key, topic)
    await pubsub.getTopic(key, topic)
    expect(used).toEqual(['Bearer EXAMPLE_token_0', 'Bearer EXAMPLE_token_1', 'Bearer EXAMPLE_token_1'])
    expect(issued).toHaveLength(2)
  })

  it('does not take a 404 from something on the way for a missing resource', async () => {
    const pubsub = createPubSub(() => new Response('<html>not found</html>', { status: 404, headers: { 'content-type': 'text/html' } }))
    expect(await refusalOf(pubsub.getTopic(key, topic))).toMatchObject({ httpStatus: 404 })
  })

  it('keeps no more tokens than it should', async () => {
    const issued: string[] = []
    const pubsub = createPubSub(() => json({ name: topic }), issued)
    for (let turn = 0; turn < 1100; turn += 1) await pubsub.getTopic({ ...key, private_key_id: `k${turn}` }, topic)
    await pubsub.getTopic({ ...key, private_key_id: 'k1099' }, topic)
    expect(issued).toHaveLength(1100)
    await pubsub.getTopic({ ...key, private_key_id: 'k0' }, topic)
    expect(issued).toHaveLength(1101)
  })

  const names = [
    '',
    topic.slice(1),
    `${topic}/x`,
    topic.replace('topics', 'subscriptions'),
    'projects/acme-mail-473210/topics/goog-x',
    'projects/../topics/abc',
    `${topic}?x`,
    `${topic}\n`,
  ]
  it.each(names)('sends nothing for the topic %j', async (name) => {
    const asked: string[] = []
    const pubsub = createPubSub((request) => {
      asked.push(request.url)
      return json({ name })
    })
    await expect(pubsub.getTopic(key, name)).rejects.toThrow(TypeError)
    expect(asked).toEqual([])
  })

  it('encodes the names that Google allows', async () => {
    const asked: string[] = []
    const pubsub = createPubSub((request) => {
      asked.push(request.url)
      return json({ name: 'n' })
    })
    await pubsub.getTopic(key, 'projects/acme-mail-473210/topics/a.b_c~d%2e+e')
    expect(asked).toEqual(['https://pubsub.googleapis.com/v1/projects/acme-mail-473210/topics/a.b_c~d%252e%2Be'])
  })
})
