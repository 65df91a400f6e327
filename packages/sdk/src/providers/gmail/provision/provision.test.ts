import { describe, expect, it } from 'vitest'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox } from '@tenantry/sandbox'
import { parseServiceAccountKey } from '../../../model/index.ts'
import type { GoogleGateway, PubSubGateway, Store } from '../../../ports/index.ts'
import {
  changesFor,
  createGoogleApp,
  createMemoryKeys,
  createMemorySecrets,
  createMemoryStore,
  createTestTenantry,
  testPrincipal as principal,
} from '../../../testing/index.ts'
import type { GoogleSetup, TestTenantry, TestTenantryOptions } from '../../../testing/index.ts'
import { leastPrivilege } from '../../../vendors/google/least-privilege.ts'
import { readJournal } from '../push/journal.ts'

const start = Date.UTC(2026, 10, 21, 8)

/** One tenant's project at Google, and processes of ours that share a store. */
class Cloud {
  readonly sandbox: Sandbox
  readonly store: Store = createMemoryStore()
  readonly keys = createMemoryKeys()
  readonly secrets = createMemorySecrets({ now: () => start })
  setup!: GoogleSetup

  constructor() {
    this.sandbox = createSandbox({
      clock: createVirtualClock({ now: start, frozen: true }),
      deliver: async () => new Response(null, { status: 204 }),
    })
  }

  static async create(permissions?: readonly string[]): Promise<Cloud> {
    const cloud = new Cloud()
    const first = cloud.process()
    const app = await createGoogleApp(first)
    const key =
      permissions &&
      (await cloud.sandbox.google.createServiceAccount({ projectId: app.projectId, name: 'exact-key', permissions: [...permissions] }))
    cloud.setup = key === undefined ? app : { ...app, serviceAccountKey: key.keyJson() }
    await first.sdk.google.save({ principal, changes: changesFor(cloud.setup) })
    cloud.sandbox.clearRequests()
    return cloud
  }

  gateway(): GoogleGateway {
    return createGoogleGateway({
      endpoints: this.sandbox.endpoints,
      fetch: (request) => this.sandbox.fetch(request),
      crypto: createWebCrypto(),
      clock: this.sandbox.clock,
    })
  }

  process(options: Partial<TestTenantryOptions> = {}): TestTenantry {
    return createTestTenantry({
      sandbox: this.sandbox,
      google: this.gateway(),
      store: this.store,
      secrets: this.secrets,
      keys: this.keys,
      ...options,
    })
  }

  /** The tenant's own admin, with a key that may do all. */
  async admin(): Promise<{ key: ReturnType<typeof parseServiceAccountKey>; pubsub: PubSubGateway }> {
    const account = await this.sandbox.google.createServiceAccount({
      projectId: this.setup.projectId,
      name: 'tenant-admin',
      roles: ['roles/owner'],
    })
    return { key: parseServiceAccountKey(account.keyJson()), pubsub: this.gateway().pubsub }
  }

  /** Operations of Pub/Sub that were called since, in order. */
  calls(): string[] {
    return this.sandbox.requests
      .filter(({ operation }) => operation.startsWith('pubsub.'))
      .map(({ operation }) => operation.replace('pubsub.', ''))
  }

  writes(): string[] {
    return this.calls().filter((operation) => !/\.get(IamPolicy)?$/.test(operation))
  }

  async names(): Promise<{ topic: string; subscription: string }> {
    const { topic, subscription } = (await this.process().sdk.google.status({ principal })).provisioning?.names ?? {
      topic: '',
      subscription: '',
    }
    return { topic, subscription }
  }

  async steps(): Promise<Record<string, [state: string, code: string | null]>> {
    const endpoint = await this.store.pushEndpoints.get('acme', 'google')
    const journal = readJournal(endpoint?.journal ?? null)
    return Object.fromEntries((journal?.steps ?? []).map(({ id, state, code }) => [id, [state, code]]))
  }
}

const done = { topic: ['done', null], publisher: ['done', null], subscription: ['done', null] }
const there = { topic: ['already_there', null], publisher: ['already_there', null], subscription: ['already_there', null] }

describe('provisioning an empty project', () => {
  it('makes, in this order, topic, grant and subscription, and reads back each', async () => {
    const cloud = await Cloud.create()
    const status = await cloud.process().sdk.google.provision({ principal })
    expect(cloud.calls()).toEqual([
      'topics.get',
      'topics.create',
      'topics.get',
      'topics.getIamPolicy',
      'topics.setIamPolicy',
      'topics.getIamPolicy',
      'subscriptions.get',
      'subscriptions.create',
      'subscriptions.get',
    ])
    expect(await cloud.steps()).toEqual(done)
    expect(status.provisioning).toMatchObject({ state: 'done', transport: 'push' })
    const [subscription] = cloud.sandbox.snapshot().subscriptions
    const endpoint = await cloud.store.pushEndpoints.get('acme', 'google')
    expect(endpoint).toMatchObject({
      topic: subscription?.topic,
      subscription: subscription?.name,
      audience: subscription?.pushConfig?.pushEndpoint,
    })
    expect(subscription?.labels).toEqual({
      'managed-by': 'tenantry',
      'tenantry-environment': 'test',
      'tenantry-key': endpoint?.key.slice(0, 16).toLowerCase(),
    })
    expect(subscription).toMatchObject({ ttlSeconds: null, retryPolicy: { minimumBackoff: 10, maximumBackoff: 600 } })
  })

  it('is quiet when all is right: only reads, once each', async () => {
    const cloud = await Cloud.create()
    await cloud.process().sdk.google.provision({ principal })
    cloud.sandbox.clearRequests()
    await cloud.process().sdk.google.provision({ principal })
    expect(cloud.calls()).toEqual(['topics.get', 'topics.getIamPolicy', 'subscriptions.get'])
    expect(await cloud.steps()).toEqual(there)
  })
})

describe('what drifted is repaired', () => {
  const drifts: readonly [string, (cloud: Cloud) => Promise<void>, string[]][] = [
    ['another endpoint', (cloud) => modify(cloud, { pushEndpoint: 'https://old.example.com/hook' }), ['subscriptions.modifyPushConfig']],
    ['another audience', (cloud) => modify(cloud, { audience: 'https://old.example.com' }), ['subscriptions.modifyPushConfig']],
    ['no push at all', (cloud) => modify(cloud, { pushEndpoint: null, audience: null, signer: null }), ['subscriptions.modifyPushConfig']],
    ['an expiry', (cloud) => patch(cloud, { expirationPolicy: { ttl: '86400s' } }), ['subscriptions.patch']],
    ['a short deadline', (cloud) => patch(cloud, { ackDeadlineSeconds: 10 }), ['subscriptions.patch']],
    ['no retry policy', (cloud) => patch(cloud, { retryPolicy: undefined }, 'retryPolicy'), ['subscriptions.patch']],
    [
      'audience and expiry',
      async (cloud) => {
        await modify(cloud, { audience: 'https://old.example.com' })
        await patch(cloud, { expirationPolicy: { ttl: '86400s' } })
      },
      ['subscriptions.modifyPushConfig', 'subscriptions.patch'],
    ],
    ['a deleted subscription', (cloud) => drop(cloud, 'subscription'), ['subscriptions.create']],
    [
      'a deleted topic',
      (cloud) => drop(cloud, 'topic'),
      ['topics.create', 'topics.setIamPolicy', 'subscriptions.delete', 'subscriptions.create'],
    ],
    ['a grant that was taken away', (cloud) => ungrant(cloud), ['topics.setIamPolicy']],
  ]

  it.each(drifts)('%s', async (_, spoil, writes) => {
    const cloud = await Cloud.create()
    await cloud.process().sdk.google.provision({ principal })
    await spoil(cloud)
    cloud.sandbox.clearRequests()
    await cloud.process().sdk.google.provision({ principal })
    expect(cloud.writes()).toEqual(writes)
    cloud.sandbox.clearRequests()
    await cloud.process().sdk.google.provision({ principal })
    expect(cloud.writes()).toEqual([])
  })

  it('and what Google then still tells differently is said', async () => {
    const cloud = await Cloud.create()
    const lying = cloud.gateway()
    const getSubscription: PubSubGateway['getSubscription'] = async (key, name) => {
      const found = await lying.pubsub.getSubscription(key, name)
      return found && { ...found, audience: 'https://other.example.com' }
    }
    const status = await cloud
      .process({ google: { ...lying, pubsub: { ...lying.pubsub, getSubscription } } })
      .sdk.google.provision({ principal })
    expect(status.provisioning?.steps.find(({ id }) => id === 'subscription')).toMatchObject({
      state: 'failed',
      code: 'pubsub_read_back_failed',
    })
    expect((await cloud.store.pushEndpoints.get('acme', 'google'))?.audience).toBeNull()
  })
})

describe('what was there before', () => {
  it('is adopted when it is on our topic: repaired, never labelled, never deleted', async () => {
    const cloud = await Cloud.create()
    const { topic, subscription } = await cloud.names()
    const { key, pubsub } = await cloud.admin()
    await pubsub.createTopic(key, topic, { team: 'mail' })
    await pubsub.createSubscription(key, {
      name: subscription,
      topic,
      pushEndpoint: null,
      audience: null,
      signer: null,
      labels: { team: 'mail' },
      deadLetter: null,
    })
    cloud.sandbox.clearRequests()
    await cloud.process().sdk.google.provision({ principal })
    expect(cloud.writes()).toEqual(['topics.setIamPolicy', 'subscriptions.modifyPushConfig'])
    expect(cloud.sandbox.snapshot().subscriptions.map(({ labels }) => labels)).toEqual([{ team: 'mail' }])
    await cloud.process().sdk.google.reset({ principal, credentials: 'delete' })
    const { topics, subscriptions } = cloud.sandbox.snapshot()
    expect([topics.length, subscriptions.length]).toEqual([1, 1])
  })

  it('is never rewired when it is on another topic', async () => {
    const cloud = await Cloud.create()
    const { subscription } = await cloud.names()
    const { key, pubsub } = await cloud.admin()
    const other = `projects/${cloud.setup.projectId}/topics/orders`
    await pubsub.createTopic(key, other, {})
    await pubsub.createSubscription(key, {
      name: subscription,
      topic: other,
      pushEndpoint: null,
      audience: null,
      signer: null,
      labels: {},
      deadLetter: null,
    })
    const before = cloud.sandbox.snapshot().subscriptions
    await cloud.process().sdk.google.provision({ principal })
    expect(await cloud.steps()).toMatchObject({ subscription: ['failed', 'pubsub_name_taken'] })
    expect(cloud.sandbox.snapshot().subscriptions).toEqual(before)
  })

  it('is not made anew when its topic is gone and it is not ours', async () => {
    const cloud = await Cloud.create()
    const { topic, subscription } = await cloud.names()
    const { key, pubsub } = await cloud.admin()
    await pubsub.createTopic(key, topic, {})
    await pubsub.createSubscription(key, {
      name: subscription,
      topic,
      pushEndpoint: null,
      audience: null,
      signer: null,
      labels: {},
      deadLetter: null,
    })
    await pubsub.deleteTopic(key, topic)
    await cloud.process().sdk.google.provision({ principal })
    expect(await cloud.steps()).toMatchObject({ topic: ['done', null], subscription: ['failed', 'pubsub_topic_missing'] })
    expect(cloud.sandbox.snapshot().subscriptions).toHaveLength(1)
  })

  it('keeps every other binding, conditions too, and does not count a conditional grant', async () => {
    const cloud = await Cloud.create()
    const { topic } = await cloud.names()
    const { key, pubsub } = await cloud.admin()
    await pubsub.createTopic(key, topic, {})
    const condition = { title: 'until 2030', expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' }
    const bindings = [
      { role: 'roles/pubsub.publisher', members: ['serviceAccount:gmail-api-push@system.gserviceaccount.com'], condition },
      { role: 'roles/pubsub.viewer', members: ['user:support@acme.test'] },
    ]
    await pubsub.setTopicPolicy(key, topic, { ...(await pubsub.getTopicPolicy(key, topic)), version: 3, bindings })
    await cloud.process().sdk.google.provision({ principal })
    expect((await pubsub.getTopicPolicy(key, topic)).bindings).toEqual([
      ...bindings,
      { role: 'roles/pubsub.publisher', members: ['serviceAccount:gmail-api-push@system.gserviceaccount.com'] },
    ])
  })
})

describe('concurrency', () => {
  it('shares one run between twenty callers of a process', async () => {
    const cloud = await Cloud.create()
    const { sdk } = cloud.process()
    await Promise.all(Array.from({ length: 20 }, () => sdk.google.provision({ principal })))
    expect(cloud.writes()).toEqual(['topics.create', 'topics.setIamPolicy', 'subscriptions.create'])
    expect(await cloud.steps()).toEqual(done)
  })

  it('converges between twenty processes', async () => {
    const cloud = await Cloud.create()
    // Each with its own view of the store object, as separate processes have.
    const all = Array.from({ length: 20 }, () => cloud.process({ store: { ...cloud.store } }))
    await Promise.all(all.map(({ sdk }) => sdk.google.provision({ principal })))
    const { topics, subscriptions } = cloud.sandbox.snapshot()
    expect([topics.length, subscriptions.length]).toEqual([1, 1])
    const status = await cloud.process().sdk.google.provision({ principal })
    expect(status.provisioning?.state).toBe('done')
  })

  it('tries a policy that somebody else changes three times, then says so', async () => {
    const cloud = await Cloud.create()
    const fault = cloud.sandbox.faults.add({ operation: 'pubsub.topics.setIamPolicy', kind: 'status', status: 409, times: 2 })
    await cloud.process().sdk.google.provision({ principal })
    expect(fault.hits()).toBe(2)
    expect(await cloud.steps()).toEqual(done)
    await ungrant(cloud)
    cloud.sandbox.faults.add({ operation: 'pubsub.topics.setIamPolicy', kind: 'status', status: 409 })
    cloud.sandbox.clearRequests()
    await cloud.process().sdk.google.provision({ principal })
    expect(cloud.writes()).toEqual(Array(3).fill('topics.setIamPolicy'))
    expect(await cloud.steps()).toMatchObject({ publisher: ['failed', 'provider_refused'], subscription: ['waiting', null] })
  })
})

describe('a process that dies', () => {
  /** A gateway whose process ends at the nth call to Pub/Sub, before or after Google carried it out. */
  function dying(google: GoogleGateway, at: number, when: 'before' | 'after'): { google: GoogleGateway; died: () => boolean } {
    let calls = 0
    const pubsub = new Proxy(google.pubsub, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>
        return async (...input: unknown[]) => {
          calls += 1
          // Everything after the death fails too.
          if (calls > at || (calls === at && when === 'before')) throw new Error('killed')
          const result = await Reflect.apply(method, target, input)
          if (calls === at) throw new Error('killed')
          return result
        }
      },
    })
    return { google: { ...google, pubsub }, died: () => calls >= at }
  }

  it.each(['before', 'after'] as const)(
    '%s any call leaves work that the next run finishes',
    async (when) => {
      for (let at = 1; ; at += 1) {
        const cloud = await Cloud.create()
        const { google, died } = dying(cloud.gateway(), at, when)
        const first = cloud.process({ google, gmail: { deadLetter: { maxDeliveryAttempts: 5 } } }).sdk.google.provision({ principal })
        await first.catch((error: Error) => expect(error.message).toBe('killed'))
        if (!died()) break
        const interrupted = await cloud.steps()
        expect(Object.values(interrupted).filter(([state]) => state === 'working').length).toBeLessThan(2)
        const status = await cloud.process({ gmail: { deadLetter: { maxDeliveryAttempts: 5 } } }).sdk.google.provision({ principal })
        expect([at, status.provisioning?.state]).toEqual([at, 'done'])
        expect(cloud.sandbox.snapshot().topics).toHaveLength(2)
      }
    },
    60_000,
  )

  it('counts as waiting after two minutes, not as working', async () => {
    const cloud = await Cloud.create()
    const { google } = dying(cloud.gateway(), 4, 'before')
    await cloud
      .process({ google })
      .sdk.google.provision({ principal })
      .catch((error: Error) => expect(error.message).toBe('killed'))
    const read = async () => (await cloud.process().sdk.google.status({ principal })).provisioning
    expect(await read()).toMatchObject({ state: 'working' })
    await cloud.sandbox.clock.advance(2 * 60_000 + 1)
    const later = await read()
    expect(later).toMatchObject({ state: 'idle' })
    expect(later?.steps.map(({ id, state }) => [id, state])).toEqual([
      ['topic', 'done'],
      ['publisher', 'waiting'],
      ['subscription', 'waiting'],
      ['watch', 'waiting'],
    ])
  })
})

describe('least privilege', () => {
  it.each([
    ['push', leastPrivilege.push, {}],
    ['pull', leastPrivilege.pull, { notify: 'pull' as const }],
    ['dead letters', [...leastPrivilege.push, ...leastPrivilege.deadLetter], { deadLetter: { maxDeliveryAttempts: 5 } }],
  ])('%s: provisioning and repairs pass with exactly the listed permissions', async (_, permissions, gmail) => {
    const cloud = await Cloud.create(permissions)
    const status = await cloud.process({ gmail }).sdk.google.provision({ principal })
    expect(status.provisioning).toMatchObject({ state: 'done' })
    await patch(cloud, { expirationPolicy: { ttl: '86400s' } })
    expect((await cloud.process({ gmail }).sdk.google.provision({ principal })).provisioning?.state).toBe('done')
  })

  it.each(leastPrivilege.push)('without %s the step that needs it fails and names it', async (missing) => {
    const cloud = await Cloud.create(leastPrivilege.push.filter((permission) => permission !== missing))
    const first = await cloud.process().sdk.google.provision({ principal })
    if (missing === 'pubsub.subscriptions.update') {
      expect(first.provisioning?.state).toBe('done')
      await patch(cloud, { expirationPolicy: { ttl: '86400s' } })
    }
    const { provisioning } = await cloud.process().sdk.google.provision({ principal })
    const failed = provisioning?.steps.find(({ state }) => state === 'failed')
    expect([failed?.code, failed?.values['permission']]).toEqual([
      missing === 'iam.serviceAccounts.actAs' ? 'pubsub_act_as_missing' : 'pubsub_forbidden',
      missing,
    ])
  })
})

async function modify(
  cloud: Cloud,
  change: { pushEndpoint?: string | null; audience?: string | null; signer?: string | null },
): Promise<void> {
  const { key, pubsub } = await cloud.admin()
  const { subscription } = await cloud.names()
  const found = await pubsub.getSubscription(key, subscription)
  if (found === null) throw new Error('no subscription to spoil')
  await pubsub.modifyPush(key, { ...found, ...change })
}

async function patch(cloud: Cloud, change: Record<string, unknown>, mask = Object.keys(change).join(',')): Promise<void> {
  const { subscription } = await cloud.names()
  await asAdmin(cloud, 'PATCH', subscription, { subscription: { name: subscription, ...change }, updateMask: mask })
}

async function drop(cloud: Cloud, kind: 'topic' | 'subscription'): Promise<void> {
  const { key, pubsub } = await cloud.admin()
  const names = await cloud.names()
  await (kind === 'topic' ? pubsub.deleteTopic(key, names.topic) : pubsub.deleteSubscription(key, names.subscription))
}

async function ungrant(cloud: Cloud): Promise<void> {
  const { key, pubsub } = await cloud.admin()
  const { topic } = await cloud.names()
  await pubsub.setTopicPolicy(key, topic, { ...(await pubsub.getTopicPolicy(key, topic)), bindings: [] })
}

/** By the wire, for what the gateway rightly does not offer. */
async function asAdmin(cloud: Cloud, method: string, name: string, body: unknown): Promise<void> {
  const { google, endpoints } = cloud.sandbox
  const address = 'support@acme.test'
  if (!cloud.sandbox.snapshot().accounts.some((account) => account.address === address)) google.createAccount({ address })
  google.grantRole(cloud.setup.projectId, `user:${address}`, 'roles/owner')
  const client = google.createClient({ projectId: cloud.setup.projectId, redirectUris: ['https://console.example.com/cb'] })
  const redirectUri = 'https://console.example.com/cb'
  const scopes = ['https://www.googleapis.com/auth/pubsub']
  const { code } = google.grantConsent({ clientId: client.clientId, redirectUri, address, scopes })
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: client.clientId,
    client_secret: client.clientSecret,
  }
  const reply = await cloud.sandbox.fetch(new Request(endpoints.token, { method: 'POST', body: new URLSearchParams(form) }))
  const { access_token: token } = (await reply.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${token}` }
  const answer = await cloud.sandbox.fetch(new Request(`${endpoints.pubsub}/${name}`, { method, headers, body: JSON.stringify(body) }))
  expect(answer.status).toBe(200)
}
