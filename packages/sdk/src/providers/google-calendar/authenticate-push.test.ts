import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../../../../../test/journeys/expectations.ts'
import { createWebCrypto } from '../../crypto/web-crypto.ts'
import { hashText } from '../../oauth/pkce.ts'
import type { SubscriptionRecord } from '../../ports/index.ts'
import { createMemoryStore } from '../../testing/memory/store/memory-store.ts'
import type { ProviderPorts } from '../provider.ts'
import { authenticateCalendarPush } from './authenticate-push.ts'

const now = Date.UTC(2026, 10, 21, 8)
const week = 7 * 24 * 60 * 60_000
const token = 'EXAMPLE_token_of_the_first_channel_é'
const otherToken = 'EXAMPLE_token_of_the_second_channel'
const crypto = createWebCrypto()

const genuine = {
  'x-goog-channel-id': 'first',
  'x-goog-channel-token': token,
  'x-goog-channel-expiration': new Date(now + week).toUTCString(),
  'x-goog-resource-id': 'calendar-1',
  'x-goog-resource-state': 'exists',
  'x-goog-message-number': '2',
}

async function channel(change: Partial<SubscriptionRecord> = {}): Promise<SubscriptionRecord> {
  return {
    tenantId: 'acme',
    connectionId: 'c1',
    id: 'first',
    provider: 'google-calendar',
    state: 'active',
    tokenHash: await hashText(crypto, token),
    resourceId: 'calendar-1',
    target: 'https://app.example.com/api/calendar/webhooks/google',
    expiresAt: now + week,
    createdAt: now,
    ...change,
  }
}

async function arrange(change: Partial<SubscriptionRecord> = {}) {
  const store = createMemoryStore()
  const hashed: string[] = []
  const looked: string[] = []
  const record = await channel(change)
  await store.subscriptions.put(record)
  await store.subscriptions.put(
    await channel({ id: 'second', connectionId: 'c2', tokenHash: await hashText(crypto, otherToken), resourceId: 'calendar-2' }),
  )
  await store.subscriptions.put(await channel({ id: 'mail', provider: 'gmail', tokenHash: null, resourceId: null }))
  const findById = (id: string) => (looked.push(id), store.subscriptions.findById(id))
  const sha256 = (bytes: Uint8Array<ArrayBuffer>) => (hashed.push(new TextDecoder().decode(bytes)), crypto.sha256(bytes))
  const ports = {
    store: { ...store, subscriptions: { ...store.subscriptions, findById } },
    crypto: { ...crypto, sha256 },
    clock: { now: () => now },
  } as unknown as ProviderPorts
  const post = (headers: Record<string, string | readonly string[] | null> = {}) => {
    const sent = new Headers()
    for (const [name, value] of Object.entries({ ...genuine, ...headers })) for (const one of [value ?? []].flat()) sent.append(name, one)
    return authenticateCalendarPush(ports, { key: '', headers: sent, body: new Uint8Array() }).then(([notification]) => notification)
  }
  return { post, record, hashed, looked }
}

describe('a channel post', () => {
  it('of an open channel names its connection and asks for a sync', async () => {
    const { post } = await arrange()
    expect(await post()).toEqual({ tenantId: 'acme', to: { connectionId: 'c1' }, dedupeKey: 'first/2', handshake: false })
    expect(await post({ 'x-goog-resource-state': 'not_exists' })).toMatchObject({ handshake: false })
  })

  it('that says sync is a greeting, whatever its number', async () => {
    const { post } = await arrange({ state: 'pending' })
    expect(await post({ 'x-goog-resource-state': 'sync', 'x-goog-message-number': '1' })).toMatchObject({ handshake: true })
  })

  it.each<[string, Record<string, string | readonly string[] | null>]>([
    ['an absent token', { 'x-goog-channel-token': null }],
    ['an empty token', { 'x-goog-channel-token': '' }],
    ['the token twice', { 'x-goog-channel-token': [token, token] }],
    ['the beginning of the token', { 'x-goog-channel-token': token.slice(0, 20) }],
    ['more than the token', { 'x-goog-channel-token': `${token}x` }],
    ['a token in other letters', { 'x-goog-channel-token': token.toUpperCase() }],
    ['a token that looks alike', { 'x-goog-channel-token': token.replace('é', 'e') }],
    ['the token of another channel', { 'x-goog-channel-token': otherToken }],
    ['the id of another channel', { 'x-goog-channel-id': 'second', 'x-goog-resource-id': 'calendar-2' }],
    ['the hash of the token', { 'x-goog-channel-token': 'HASH' }],
    ['an absent channel', { 'x-goog-channel-id': null }],
    ['an unknown channel', { 'x-goog-channel-id': 'third' }],
    ['two channels', { 'x-goog-channel-id': ['first', 'first'] }],
    ['a channel outside ASCII', { 'x-goog-channel-id': 'érst' }],
    ['a channel that is too long', { 'x-goog-channel-id': 'f'.repeat(65) }],
    ['the id of a mailbox', { 'x-goog-channel-id': 'mail', 'x-goog-channel-token': null, 'x-goog-resource-id': null }],
    ['another resource', { 'x-goog-resource-id': 'calendar-2' }],
    ['an absent resource', { 'x-goog-resource-id': null }],
    ['the resource twice', { 'x-goog-resource-id': ['calendar-1', 'calendar-1'] }],
  ])('with %s is refused, after the same work', async (_name, change) => {
    const { post, record, hashed, looked } = await arrange()
    const headers = change['x-goog-channel-token'] === 'HASH' ? { 'x-goog-channel-token': record.tokenHash } : change
    expect(await codeOf(post(headers))).toBe('push_unauthenticated')
    expect([looked.length, hashed.length]).toEqual([1, 1])
  })

  it('is refused whatever the token is, unless it is the one', async () => {
    const { post } = await arrange()
    const text = fc.string({ unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, async (wrong) => {
        expect(await codeOf(post({ 'x-goog-channel-token': wrong }))).toBe('push_unauthenticated')
      }),
    )
  })

  it.each([
    ['a state of another API', { 'x-goog-resource-state': 'add' }],
    ['two states', { 'x-goog-resource-state': 'sync, exists' }],
    ['no state', { 'x-goog-resource-state': null }],
    ['no number', { 'x-goog-message-number': null }],
    ['the number zero', { 'x-goog-message-number': '0' }],
    ['a number with a zero before it', { 'x-goog-message-number': '02' }],
    ['a number that is too long', { 'x-goog-message-number': '1'.repeat(20) }],
    ['a number that is none', { 'x-goog-message-number': '2e3' }],
  ])('that is genuine and has %s cannot be read', async (_name, change) => {
    expect(await codeOf((await arrange()).post(change))).toBe('push_malformed')
  })
})

describe('what a genuine post tells of its channel', () => {
  it('is its resource and its end, when nobody heard the answer', async () => {
    const { post, record } = await arrange({ state: 'pending', resourceId: null })
    const expiration = new Date(now + week / 2).toUTCString()
    expect((await post({ 'x-goog-channel-expiration': expiration })).pipe).toEqual({
      ...record,
      resourceId: 'calendar-1',
      expiresAt: now + week / 2,
    })
  })

  it.each(['soon', new Date(now - 1000).toUTCString(), null])('is no end that cannot be one: %s', async (expiration) => {
    const { post } = await arrange({ state: 'pending', resourceId: null })
    expect((await post({ 'x-goog-channel-expiration': expiration })).pipe).toMatchObject({
      resourceId: 'calendar-1',
      expiresAt: now + week,
    })
  })

  it('is no resource that came twice or not at all', async () => {
    const { post } = await arrange({ state: 'pending', resourceId: null })
    for (const resource of [null, ['calendar-1', 'calendar-1'], 'é'])
      expect(await post({ 'x-goog-resource-id': resource })).not.toHaveProperty('pipe')
  })

  it('is nothing that is known already', async () => {
    const { post } = await arrange()
    expect(await post({ 'x-goog-channel-expiration': new Date(now + week / 2).toUTCString() })).not.toHaveProperty('pipe')
  })

  it.each(['retiring', 'retired'] as const)('is that it still lives although it is %s', async (state) => {
    const { post, record } = await arrange({ state })
    expect(await post()).toMatchObject({ handshake: true, pipe: { ...record, state: 'retiring' } })
  })
})
