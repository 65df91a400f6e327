import { describe, expect, it } from 'vitest'
import { encodeText } from '../../../crypto/index.ts'
import { isTenantryError } from '../../../errors/index.ts'
import type { PushEndpointRecord, Store } from '../../../ports/index.ts'
import { createMemoryStore } from '../../../testing/index.ts'
import type { ProviderPorts } from '../../provider.ts'
import { authenticateGmailPush } from './authenticate-push.ts'
import { writeJournal } from './journal.ts'

const key = 'K'.repeat(32)
const subscription = 'projects/acme-mail-1/subscriptions/mail'
const signer = 'pusher@acme-mail-1.iam.gserviceaccount.com'
const audience = `https://app.example.com/api/email/webhooks/google/${key}`

const endpoint: PushEndpointRecord = {
  tenantId: 'acme',
  vendor: 'google',
  key,
  topic: 'projects/acme-mail-1/topics/mail',
  subscription,
  audience,
  signer,
  createdAt: 1,
  verifiedAt: 1,
  journal: null,
  lastReceivedAt: null,
  malformed: 0,
}

interface Asked {
  audience?: string
  reads: string[]
}

async function open(record: Partial<PushEndpointRecord>, claims: Record<string, unknown> | null, asked: Asked): Promise<ProviderPorts> {
  const memory = createMemoryStore()
  await memory.pushEndpoints.put({ ...endpoint, ...record })
  const store = new Proxy(memory, {
    get: (target, name) => {
      asked.reads.push(String(name))
      return Reflect.get(target, name)
    },
  }) as Store
  const verifyVendorJwt: ProviderPorts['verifyVendorJwt'] = (_, wanted) => {
    asked.audience = String(wanted.audience)
    return Promise.resolve(claims)
  }
  return { store, clock: { now: () => 1000 }, verifyVendorJwt } as unknown as ProviderPorts
}

const base64 = (value: unknown): string => btoa(typeof value === 'string' ? value : JSON.stringify(value))
const good = { data: base64({ emailAddress: 'support@acme.test', historyId: 1710 }), messageId: '1', attributes: {} }
const genuine = { email: signer, email_verified: true }

interface Push {
  record?: Partial<PushEndpointRecord>
  claims?: Record<string, unknown> | null
  path?: string
  authorization?: string | null
  body?: unknown
}

async function receive(
  { record = {}, claims = genuine, path = key, authorization = 'Bearer a.b.c', body }: Push,
  asked: Asked = { reads: [] },
) {
  const ports = await open(record, claims, asked)
  const headers = new Headers(authorization === null ? {} : { authorization })
  const bytes = encodeText(typeof body === 'string' ? body : JSON.stringify(body ?? { subscription, message: good }))
  try {
    const [notification] = await authenticateGmailPush(ports, { key: path, headers, body: bytes })
    return notification
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return error.code
  }
}

describe('a push is refused', () => {
  const rows: readonly [string, Push][] = [
    ['without a token', { authorization: null }],
    ['with an empty token', { authorization: 'Bearer ' }],
    ['with two tokens', { authorization: 'Bearer a.b.c, Bearer a.b.c' }],
    ['with another scheme', { authorization: 'Basic a.b.c' }],
    ['with a path key that is none', { path: 'short' }],
    ['with an empty path key', { path: '' }],
    ['with a path key that climbs', { path: `../${'K'.repeat(29)}` }],
    ['on the path of nobody', { path: 'L'.repeat(32) }],
    ['with a token that is not Google’s', { claims: null }],
    ['signed by another account', { claims: { ...genuine, email: 'evil@other-project.iam.gserviceaccount.com' } }],
    ['signed by a longer account', { claims: { ...genuine, email: `${signer}.evil.test` } }],
    ['signed by an account in capitals', { claims: { ...genuine, email: signer.toUpperCase() } }],
    ['without an account', { claims: { email_verified: true } }],
    ['with an account that is no text', { claims: { ...genuine, email: [signer] } }],
    ['with an empty account', { claims: { ...genuine, email: '' }, record: { signer: '' } }],
    ['with an account that is not verified', { claims: { ...genuine, email_verified: false } }],
    ['with one whose verification is a word', { claims: { ...genuine, email_verified: 'true' } }],
    ['for another subscription', { body: { subscription: `${subscription}-2`, message: good } }],
    ['for a short subscription name', { body: { subscription: 'mail', message: good } }],
    ['before anything was provisioned', { record: { signer: null, audience: null, subscription: null } }],
    ['while notifications are fetched', { record: { signer: null, audience: null } }],
    ['without a pinned signer', { record: { signer: null } }],
    ['without a pinned audience', { record: { audience: null } }],
    ['without a pinned subscription', { record: { subscription: null } }],
  ]

  it.each(rows)('%s', async (_, push) => {
    expect(await receive(push)).toBe('push_unauthenticated')
  })

  it('and nothing is read before the token and key have a shape, nothing but the endpoint before they are proven', async () => {
    const asked: Asked = { reads: [] }
    await receive({ authorization: null }, asked)
    await receive({ path: 'short' }, asked)
    expect(asked.reads).toEqual([])
    await receive({ claims: null, body: 'not json' }, asked)
    expect(asked).toEqual({ reads: ['pushEndpoints'], audience })
  })
})

describe('a genuine push', () => {
  it.each(['Bearer a.b.c', 'bearer a.b.c', 'BEARER a.b.c'])('is taken with %j', async (authorization) => {
    expect(await receive({ authorization })).toEqual({
      tenantId: 'acme',
      to: { address: 'support@acme.test' },
      dedupeKey: `${subscription}/1`,
      handshake: false,
    })
  })

  it.each([18446744073709551616n.toString(), '9876543210', 1710, -1, 1.5, 1e300, {}, [], true, null, undefined, ''])(
    'does not depend on its historyId: %j',
    async (historyId) => {
      const data = base64({ emailAddress: 'support@acme.test', historyId })
      expect(await receive({ body: { subscription, message: { ...good, data } } })).toMatchObject({ to: { address: 'support@acme.test' } })
    },
  )

  it('may be written in base64url', async () => {
    const data = base64({ emailAddress: 'support@acme.test', note: '???>>>' }).replaceAll('+', '-').replaceAll('/', '_')
    expect(await receive({ body: { subscription, message: { ...good, data } } })).toMatchObject({ handshake: false })
  })

  it.each([
    ['no JSON', 'not json'],
    ['no envelope', { nothing: true }],
    ['no subscription', { message: good }],
    ['no message id', { subscription, message: { data: good.data } }],
    ['an endless message id', { subscription, message: { ...good, messageId: '1'.repeat(257) } }],
    ['data that is not base64', { subscription, message: { ...good, data: '!!!' } }],
    ['data that is not UTF-8', { subscription, message: { ...good, data: btoa('\u00FF\u00FE') } }],
    ['no data', { subscription, message: { messageId: '1' } }],
    ['no mailbox', { subscription, message: { ...good, data: base64({ historyId: 1 }) } }],
    ['a mailbox that is no text', { subscription, message: { ...good, data: base64({ emailAddress: { $ne: '' } }) } }],
    ['an empty mailbox', { subscription, message: { ...good, data: base64({ emailAddress: '' }) } }],
    ['an endless mailbox', { subscription, message: { ...good, data: base64({ emailAddress: `${'a'.repeat(320)}@b.test` }) } }],
    ['a list', { subscription, message: { ...good, data: base64(['support@acme.test']) } }],
    ['another test', { subscription, message: { ...good, data: base64({ tenantry: 'prod' }) } }],
  ])('that has %s is malformed, not forged', async (_, body) => {
    expect(await receive({ body })).toBe('push_malformed')
  })

  it.each([
    ['data', { messageId: '1', data: base64('{"tenantry":"test"}') }],
    ['an attribute', { messageId: '1', data: '', attributes: { tenantry: 'test' } }],
    ['an attribute alone', { messageId: '1', attributes: { tenantry: 'test' } }],
  ])('that is the setup’s test, by its %s, is proof of life and nobody’s mail', async (_, message) => {
    expect(await receive({ body: { subscription, message } })).toEqual({
      tenantId: 'acme',
      to: { address: '' },
      dedupeKey: `${subscription}/1`,
      handshake: true,
    })
  })
})

describe('while a tenant changes from managed to manual', () => {
  const former = 'tenantry-pubsub@acme-mail-1.iam.gserviceaccount.com'
  const journal = writeJournal({ version: 1, mode: 'manual', steps: [], ours: [], formerSigner: former })

  it('what the former account signs is genuine too', async () => {
    expect(await receive({ record: { journal }, claims: { ...genuine, email: former } })).toMatchObject({ handshake: false })
    expect(await receive({ record: { journal } })).toMatchObject({ handshake: false })
    expect(await receive({ record: { journal }, claims: { ...genuine, email: 'third@acme-mail-1.iam.gserviceaccount.com' } })).toBe(
      'push_unauthenticated',
    )
  })

  it('but only while the journal says so', async () => {
    expect(await receive({ claims: { ...genuine, email: former } })).toBe('push_unauthenticated')
    expect(await receive({ record: { journal: '{' }, claims: { ...genuine, email: former } })).toBe('push_unauthenticated')
  })
})
