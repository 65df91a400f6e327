import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createSandbox } from '../create-sandbox.ts'
import type { Sandbox } from '../create-sandbox.ts'
import { ENDPOINT, PUBLISHER, startPipe, tokenOf } from '../testing/start-pipe.ts'
import { callApi, json, NOON, SUPPORT } from '../testing/start-tenant.ts'

describe('provisioning', () => {
  it('creates, echoes and reads back', async () => {
    const { provision, call, names, pushConfig } = await startPipe()
    const created = await provision()
    expect(created.status).toBe(200)
    const expected = {
      name: names.subscription,
      topic: names.topic,
      pushConfig,
      ackDeadlineSeconds: 30,
      expirationPolicy: {},
      messageRetentionDuration: '604800s',
      state: 'ACTIVE',
    }
    expect(await created.json()).toEqual(expected)
    expect(await json(await call('GET', 'subscriptions/mail'))).toEqual(expected)
    const again = await call('PUT', 'topics/mail', {})
    expect([again.status, await again.json()]).toEqual([
      409,
      { error: { code: 409, status: 'ALREADY_EXISTS', message: 'Resource already exists in the project (resource=mail).' } },
    ])
  })

  it.each([
    [{ ackDeadlineSeconds: 9 }],
    [{ ackDeadlineSeconds: 601 }],
    [{ messageRetentionDuration: '599s' }],
    [{ expirationPolicy: { ttl: '86399s' } }],
    [{ pushConfig: { pushEndpoint: 'http://helpdesk.example/hook' } }],
    [{ surprise: true }],
  ])('refuses %j', async (fields) => {
    const { call, names } = await startPipe()
    await call('PUT', 'topics/mail', {})
    const refused = await call('PUT', 'subscriptions/mail', { topic: names.topic, ...fields })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { status: 'INVALID_ARGUMENT' } })
  })

  it.each(['go', '1topic', 'google-mail', 'a b'])('refuses the name %j', async (name) => {
    const { call } = await startPipe()
    expect((await call('PUT', `topics/${encodeURIComponent(name)}`, {})).status).toBe(400)
  })

  it('refuses a stale etag with 409 ABORTED', async () => {
    const { call } = await startPipe()
    await call('PUT', 'topics/mail', {})
    const { etag } = await json<{ etag: string }>(await call('GET', 'topics/mail:getIamPolicy'))
    const policy = { etag, bindings: [{ role: 'roles/pubsub.publisher', members: [PUBLISHER] }] }
    expect((await call('POST', 'topics/mail:setIamPolicy', { policy })).status).toBe(200)
    const stale = await call('POST', 'topics/mail:setIamPolicy', { policy })
    expect([stale.status, await stale.json()]).toMatchObject([409, { error: { status: 'ABORTED' } }])
    expect(await json(await call('GET', 'topics/mail:getIamPolicy'))).toMatchObject({ bindings: policy.bindings })
  })

  it('names org policy, missing role, missing actAs and disabled API', async () => {
    const { sandbox, google, project, call, names, pushConfig, token } = await startPipe()
    await call('PUT', 'topics/mail', {})
    google.setOrgPolicy(project.projectId, { domainRestrictedSharing: true })
    const policy = { bindings: [{ role: 'roles/pubsub.publisher', members: [PUBLISHER] }] }
    const restricted = await call('POST', 'topics/mail:setIamPolicy', { policy })
    expect(restricted.status).toBe(400)
    expect(await restricted.text()).toContain('constraints/iam.allowedPolicyMemberDomains')

    const weak = await google.createServiceAccount({ projectId: project.projectId, name: 'weak-account', roles: ['roles/pubsub.editor'] })
    const asWeak = await tokenOf(sandbox, weak)
    const base = `${sandbox.endpoints.pubsub}/projects/${project.projectId}`
    expect((await callApi(sandbox, asWeak, 'GET', `${base}/topics/mail:getIamPolicy`)).status).toBe(403)
    const cannotAct = await callApi(sandbox, asWeak, 'PUT', `${base}/subscriptions/mail`, { topic: names.topic, pushConfig })
    expect([cannotAct.status, await cannotAct.text()]).toEqual([403, expect.stringContaining('iam.serviceAccounts.actAs')])
    const tested = await callApi(sandbox, asWeak, 'POST', `${base}/topics/mail:testIamPermissions`, {
      permissions: ['pubsub.topics.get', 'pubsub.topics.setIamPolicy'],
    })
    expect(await tested.json()).toEqual({ permissions: ['pubsub.topics.get'] })

    google.setApi(project.projectId, 'pubsub', false)
    const disabled = await callApi(sandbox, token, 'GET', `${base}/topics/mail`)
    expect(await disabled.json()).toMatchObject({ error: { code: 403, details: [{ reason: 'SERVICE_DISABLED' }, {}, { links: [{}] }] } })
  })
})

describe('push', () => {
  it('carries the notification, signed as Google signs', async () => {
    const { sandbox, google, provision, watch, received, account, names } = await startPipe()
    await provision()
    const { historyId, expiration } = await json<{ historyId: string; expiration: string }>(await watch())
    expect(Number(expiration) - sandbox.clock.now()).toBe(604_800_000)
    await sandbox.settled()
    expect(received).toHaveLength(1)
    const mail = google.deliverMail(SUPPORT, { from: 'a@customer.test', subject: 'Hi', text: 'Hello' })
    await sandbox.settled()
    const [first, second] = received.map(({ body }) => JSON.parse(atob(body.message.data)))
    expect([first, second]).toEqual([
      { emailAddress: SUPPORT, historyId },
      { emailAddress: SUPPORT, historyId: mail.historyId },
    ])
    expect(received[1]?.body).toMatchObject({
      subscription: names.subscription,
      message: { messageId: expect.any(String), message_id: expect.any(String) },
    })

    const keys = await json<JSONWebKeySet>(await sandbox.fetch(new Request(sandbox.endpoints.jwks)))
    const bearer = received[1]?.request.headers.get('authorization')?.slice(7) ?? ''
    const { payload, protectedHeader } = await jwtVerify(bearer, createLocalJWKSet(keys), {
      currentDate: new Date(NOON),
      audience: ENDPOINT,
      issuer: 'https://accounts.google.com',
    })
    expect(protectedHeader.alg).toBe('RS256')
    expect(payload).toMatchObject({ email: account.email, email_verified: true, sub: account.uniqueId, azp: account.uniqueId })
  })

  it('writes historyId as a number when told to, without losing digits', async () => {
    const { sandbox, google, provision, watch, received } = await startPipe()
    google.historyIdAs('number')
    await provision()
    await watch()
    await sandbox.settled()
    expect(atob(received[0]?.body.message.data ?? '')).toMatch(/"historyId":\d+}/)
  })

  it('is repeated with backoff until accepted, and each attempt is recorded', async () => {
    const answers = [500, 302, 204]
    const { sandbox, provision, watch, received } = await startPipe({
      receive: () => new Response(null, { status: answers.shift() ?? 204 }),
    })
    await provision()
    await watch()
    await sandbox.settled()
    expect(received).toHaveLength(1)
    await sandbox.clock.advance(60_000)
    expect(sandbox.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 302],
      [3, 204],
    ])
    expect(new Set(received.map(({ body }) => body.message.messageId)).size).toBe(1)
    await sandbox.clock.advance(3_600_000)
    expect(received).toHaveLength(3)
  })

  it('goes through the tunnel, to the public address as far as anyone can see', async () => {
    const { sandbox, provision, watch, received } = await startPipe({ network: { 'https://helpdesk.example': 'http://127.0.0.1:3000' } })
    await provision()
    await watch()
    await sandbox.settled()
    expect(received[0]?.request.url).toBe('http://127.0.0.1:3000/api/email/webhooks/google/k1')
    expect(sandbox.deliveries[0]?.url).toBe(ENDPOINT)
  })

  it('survives a snapshot: accounts, tokens, keys, and what is still to be delivered', async () => {
    const first = await startPipe({ receive: () => new Response(null, { status: 503 }) })
    await first.provision()
    await first.watch()
    await first.sandbox.settled()
    const urls: string[] = []
    const state = JSON.parse(JSON.stringify(first.sandbox.snapshot()))
    const second = createSandbox({
      state,
      clock: createVirtualClock({ now: first.sandbox.clock.now(), frozen: true }),
      deliver: async ({ url }) => {
        urls.push(url)
        return new Response(null, { status: 200 })
      },
    })
    await second.clock.advance(120_000)
    expect(urls).toEqual([ENDPOINT])
    const keysOf = async (sandbox: Sandbox) => (await sandbox.fetch(new Request(sandbox.endpoints.jwks))).json()
    expect(await keysOf(second)).toEqual(await keysOf(first.sandbox))
    expect((await callApi(second, first.token, 'GET', `${second.endpoints.pubsub}/${first.names.topic}`)).status).toBe(200)
  })
})

describe('push faults', () => {
  const claimsAfter = async (kind: 'wrong-audience' | 'wrong-email' | 'wrong-issuer' | 'expired' | 'unverified' | 'bad-signature') => {
    const { sandbox, provision, watch, received } = await startPipe()
    await provision()
    sandbox.faults.add({ delivery: 'pubsub', kind })
    await watch()
    await sandbox.settled()
    const bearer = received[0]?.request.headers.get('authorization')?.slice(7) ?? ''
    const keys = await json<JSONWebKeySet>(await sandbox.fetch(new Request(sandbox.endpoints.jwks)))
    return jwtVerify(bearer, createLocalJWKSet(keys), {
      currentDate: new Date(NOON),
      audience: ENDPOINT,
      issuer: 'https://accounts.google.com',
    })
  }

  it.each([
    ['wrong-audience', 'unexpected "aud" claim value'],
    ['wrong-issuer', 'unexpected "iss" claim value'],
    ['expired', '"exp" claim timestamp check failed'],
    ['bad-signature', 'signature verification failed'],
  ] as const)('%s does not verify', async (kind, reason) => {
    await expect(claimsAfter(kind)).rejects.toThrow(reason)
  })

  it('wrong-email and unverified verify, but name someone else', async () => {
    expect((await claimsAfter('wrong-email')).payload['email']).toContain('attacker')
    expect((await claimsAfter('unverified')).payload['email_verified']).toBe(false)
  })

  it('duplicates, drops and reorders', async () => {
    const { sandbox, google, provision, watch, received } = await startPipe()
    await provision()
    const drop = sandbox.faults.add({ delivery: 'pubsub', kind: 'drop', times: 1 })
    await watch()
    await sandbox.settled()
    expect([drop.hits(), received.length]).toEqual([1, 0])
    sandbox.faults.add({ delivery: 'pubsub', kind: 'duplicate', times: 1 })
    google.deliverMail(SUPPORT, { from: 'a@x.test', subject: '1', text: '' })
    await sandbox.settled()
    expect(new Set(received.map(({ body }) => body.message.messageId)).size).toBe(1)
    expect(received).toHaveLength(2)
    sandbox.faults.add({ delivery: 'pubsub', kind: 'reorder', times: 1 })
    await sandbox.clock.advance(1000)
    const early = google.deliverMail(SUPPORT, { from: 'a@x.test', subject: '2', text: '' })
    await sandbox.settled()
    await sandbox.clock.advance(1000)
    const late = google.deliverMail(SUPPORT, { from: 'a@x.test', subject: '3', text: '' })
    await sandbox.settled()
    await sandbox.clock.advance(2000)
    expect(received.slice(2).map(({ body }) => JSON.parse(atob(body.message.data)).historyId)).toEqual([late.historyId, early.historyId])
  })
})

describe('pull', () => {
  it('leases until the deadline, then hands out again until acknowledged', async () => {
    const { sandbox, call, names } = await startPipe()
    await call('PUT', 'topics/mail', {})
    await call('PUT', 'subscriptions/mail', { topic: names.topic, ackDeadlineSeconds: 10 })
    await call('POST', 'topics/mail:publish', { messages: [{ data: btoa('x') }] })
    const pull = async () =>
      (await json<{ receivedMessages?: { ackId: string }[] }>(await call('POST', 'subscriptions/mail:pull', { maxMessages: 10 })))
        .receivedMessages ?? []
    expect(await pull()).toHaveLength(1)
    expect(await pull()).toHaveLength(0)
    await sandbox.clock.advance(10_000)
    const [again] = await pull()
    await call('POST', 'subscriptions/mail:acknowledge', { ackIds: [again?.ackId] })
    await sandbox.clock.advance(60_000)
    expect(await pull()).toHaveLength(0)
  })

  it('forgets subscriptions that were idle for their whole time to live', async () => {
    const { sandbox, call, names, account, project } = await startPipe()
    await call('PUT', 'topics/mail', {})
    await call('PUT', 'subscriptions/idle', { topic: names.topic })
    await call('PUT', 'subscriptions/kept', { topic: names.topic, expirationPolicy: {} })
    await sandbox.clock.advance(32 * 86_400_000)
    expect((await call('GET', 'subscriptions/idle')).status).toBe(401)
    const fresh = await tokenOf(sandbox, account)
    const read = (name: string) =>
      callApi(sandbox, fresh, 'GET', `${sandbox.endpoints.pubsub}/projects/${project.projectId}/subscriptions/${name}`)
    expect([(await read('idle')).status, (await read('kept')).status]).toEqual([404, 200])
  })
})
