import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import type { CheckId } from '../model/check.ts'
import { connectCalendar, connectGmail, setUpGoogle, signIn, testPrincipal as principal } from '../testing/index.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  return { world, setup, connectionId: await connectGmail(world) }
}

async function diagnose(
  world: World,
  connectionId: string,
  checks?: CheckId[],
): Promise<Record<string, [status: string, code: string | null]>> {
  const report = await world.sdk.connections.diagnose({ principal, connectionId, checks })
  return Object.fromEntries(report.checks.map(({ id, status, code }) => [id, [status, code]]))
}

async function checkOf(world: World, connectionId: string, id: CheckId) {
  return (await world.sdk.connections.diagnose({ principal, connectionId, checks: [id] })).checks[0]
}

/** A call of Pub/Sub’s as anybody with the tenant’s key could make it. */
async function asTenant(world: World, keyJson: string, path: string, init: RequestInit): Promise<void> {
  const { importPKCS8, SignJWT } = await import('jose')
  const key = JSON.parse(keyJson)
  const seconds = Math.floor(world.sandbox.clock.now() / 1000)
  const assertion = await new SignJWT({ scope: 'https://www.googleapis.com/auth/pubsub' })
    .setProtectedHeader({ alg: 'RS256', kid: key.private_key_id })
    .setIssuer(key.client_email)
    .setAudience('https://oauth2.googleapis.com/token')
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 3600)
    .sign(await importPKCS8(key.private_key, 'RS256'))
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion })
  const answer = await world.sandbox.fetch(new Request(world.sandbox.endpoints.token, { method: 'POST', body }))
  const { access_token: token } = await answer.json()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await world.sandbox.fetch(new Request(`${world.sandbox.endpoints.pubsub}/${path}`, { ...init, headers }))
  expect(response.status).toBe(200)
}

describe('a diagnosis', () => {
  it('passes for a mailbox that works, each check with what it saw', async () => {
    const { world, setup, connectionId } = await connected()
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'x', text: 'x' })
    await world.settle()
    const report = await world.sdk.connections.diagnose({ principal, connectionId })
    expect(report.checks.map(({ id, status }) => [id, status])).toEqual([
      ['same_project', 'pass'],
      ['topic', 'pass'],
      ['publisher', 'pass'],
      ['subscription', 'pass'],
      ['grant', 'pass'],
      ['scopes', 'pass'],
      ['labels', 'pass'],
      ['watch', 'pass'],
      ['delivery', 'pass'],
      ['items', 'pass'],
      ['maintenance', 'pass'],
    ])
    expect(report.checks.every(({ fix, blockedBy, code }) => fix === null && blockedBy === null && code === null)).toBe(true)
    const by = Object.fromEntries(report.checks.map((check) => [check.id, check]))
    expect(by['grant']).toMatchObject({ actual: 'support@acme.test', facts: { endsAt: null } })
    expect(by['topic']?.actual).toMatch(new RegExp(`^projects/${setup.projectId}/topics/`))
    expect(by['subscription']?.expected).toBe(by['subscription']?.actual)
    expect(by['subscription']?.facts).toMatchObject({ neverExpires: true, signer: JSON.parse(setup.serviceAccountKey).client_email })
    expect(by['delivery']?.facts).toMatchObject({ delivery: 'push', lookEveryMs: 15 * minute })
    expect(by['items']?.facts).toEqual({ waiting: 0, quarantined: 0 })
    expect(by['maintenance']?.facts).toMatchObject({ syncBacklog: 0, syncDueAt: null })
  })

  it('asks for a new token, because a stored one proves nothing', async () => {
    const { world, setup, connectionId } = await connected()
    world.sandbox.google.revokeGrant('support@acme.test', setup.clientId)
    expect(await diagnose(world, connectionId)).toMatchObject({
      grant: ['fail', 'grant_revoked'],
      labels: ['skip', null],
      scopes: ['pass', null],
    })
    expect(await checkOf(world, connectionId, 'grant')).toMatchObject({ fix: { id: 'reconnect', automatic: false } })
    // Who asks is told at once what Google said; the connection believes it when it is said again.
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected' } })
    await world.sandbox.clock.advance(12_000)
    await world.settle()
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { status: 'needs_reauth' } })
    // What only a live connection has is not called broken on top.
    expect(await diagnose(world, connectionId)).toMatchObject({
      watch: ['skip', null],
      delivery: ['skip', null],
      maintenance: ['skip', null],
    })
  })

  it('refreshes once, however many ask at the same time', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.clearRequests()
    await Promise.all([1, 2, 3].map(() => diagnose(world, connectionId, ['grant'])))
    expect(world.sandbox.requests.filter(({ operation }) => operation === 'oauth.token')).toHaveLength(1)
  })

  it('says that Google does not answer, without blaming the grant', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: /^gmail\./, kind: 'status', status: 503 })
    expect(await checkOf(world, connectionId, 'grant')).toMatchObject({ status: 'fail', code: 'provider_unavailable', fix: null })
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected' } })
  })

  it('leads to the API that is off, in the project that the app belongs to', async () => {
    const { world, setup, connectionId } = await connected()
    world.sandbox.google.setApi(setup.projectId, 'gmail', false)
    const number = setup.clientId.split('-')[0]
    expect(await checkOf(world, connectionId, 'grant')).toMatchObject({
      status: 'fail',
      code: 'api_not_enabled',
      values: { api: 'Gmail API' },
      fix: { id: 'open_console', href: `https://console.cloud.google.com/apis/library/gmail.googleapis.com?project=${number}` },
    })
  })

  it('runs what is asked for, and tells no more', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.clearRequests()
    expect(await diagnose(world, connectionId, ['publisher'])).toEqual({ publisher: ['pass', null] })
    expect(world.sandbox.requests.filter(({ operation }) => operation.startsWith('gmail.'))).toEqual([])
  })

  it('needs the permission, and another tenant’s connection is not there', async () => {
    const { world, connectionId } = await connected({ authorize: ({ action }) => action !== 'connection.diagnose' })
    await expect(world.sdk.gmail.diagnose({ principal, connectionId })).rejects.toMatchObject({ code: 'forbidden' })
    const other = (await connected()).world.sdk.gmail.diagnose({ principal: { ...principal, tenantId: 'globex' }, connectionId })
    await expect(other).rejects.toMatchObject({ code: 'not_found' })
  })

  it('shows no secret', async () => {
    const { world, connectionId } = await connected()
    expect(JSON.stringify(await world.sdk.connections.diagnose({ principal, connectionId }))).not.toMatch(/EXAMPLE_|PRIVATE KEY|ya29/)
  })
})

describe('the pipe', () => {
  it('is polled for a reason, which is said', async () => {
    const world = createWorld({ baseUrl: 'http://localhost:3000' })
    await setUpGoogle(world)
    const connectionId = await connectCalendar(world)
    expect(await diagnose(world, connectionId)).toEqual({
      grant: ['pass', null],
      scopes: ['pass', null],
      calendar: ['pass', null],
      watch: ['warn', 'push_not_possible'],
      delivery: ['pass', null],
      items: ['pass', null],
      maintenance: ['pass', null],
    })
    expect((await checkOf(world, connectionId, 'delivery'))?.facts).toMatchObject({ delivery: 'polling', lookEveryMs: minute })
  })

  it('is polled by choice, which is no warning', async () => {
    const world = createWorld()
    await setUpGoogle(world, { notifications: 'polling' })
    const connectionId = await connectGmail(world)
    const found = await diagnose(world, connectionId)
    expect(found).toMatchObject({
      watch: ['pass', 'polling_chosen'],
      topic: ['skip', null],
      publisher: ['skip', null],
      subscription: ['skip', null],
    })
    expect((await checkOf(world, connectionId, 'topic'))?.facts).toEqual({ notifications: 'polling', reason: 'polling_chosen' })
  })

  it('says that nobody sweeps, that the watch ends, and that it is over', async () => {
    const { world, connectionId } = await connected()
    await world.sandbox.clock.advance(2 * hour)
    const stalled = await checkOf(world, connectionId, 'maintenance')
    expect(stalled).toMatchObject({ status: 'fail', code: 'upkeep_stalled', fix: null })
    const since = Date.parse(stalled?.values['since'] ?? '')
    expect(world.sandbox.clock.now() - since).toBeGreaterThan(hour)
    expect(world.sandbox.clock.now() - since).toBeLessThan(2 * hour)
    expect(stalled?.values['endsAt']).toBe((await checkOf(world, connectionId, 'watch'))?.facts['expiresAt'])
    await world.sandbox.clock.advance(4 * day)
    expect(await diagnose(world, connectionId)).toMatchObject({ watch: ['pass', null] })
    await world.sandbox.clock.advance(day)
    expect(await checkOf(world, connectionId, 'watch')).toMatchObject({
      status: 'warn',
      code: 'renewal_late',
      fix: { id: 'repair', automatic: true },
    })
    await world.sandbox.clock.advance(2 * day)
    expect(await checkOf(world, connectionId, 'watch')).toMatchObject({
      status: 'fail',
      code: 'watch_lapsed',
      fix: { id: 'repair', automatic: true },
    })
    expect(await checkOf(world, connectionId, 'delivery')).toMatchObject({ status: 'warn', code: 'nothing_arrived' })
  })

  it('counts a sync that was asked for and not done', async () => {
    const { world, connectionId } = await connected()
    await world.sdk.gmail.sync({ principal, connectionId })
    expect((await checkOf(world, connectionId, 'maintenance'))?.facts).toMatchObject({ syncBacklog: 1 })
    await world.settle()
    expect((await checkOf(world, connectionId, 'maintenance'))?.facts).toMatchObject({ syncBacklog: 0 })
  })

  it('is silent when the notification that proves it does not arrive', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    const connectionId = await connectGmail(world)
    expect(await diagnose(world, connectionId)).toMatchObject({ delivery: ['pass', null], watch: ['pass', null] })
    await world.sandbox.clock.advance(2 * minute)
    expect(await checkOf(world, connectionId, 'delivery')).toMatchObject({
      status: 'fail',
      code: 'push_silent',
      fix: { id: 'repair', automatic: true },
    })
  })

  it('posts to where this deployment was before', async () => {
    const { world, connectionId } = await connected()
    const moved = createWorld({ baseUrl: 'https://new.example.com', store: world.store, secrets: world.secrets })
    const check = await checkOf(moved, connectionId, 'watch')
    expect(check).toMatchObject({ status: 'fail', code: 'pubsub_audience_mismatch', fix: { id: 'repair', automatic: true } })
    expect(check?.expected).toContain('https://new.example.com/')
    expect(check?.actual).toContain('https://app.example.com/')
  })
})

describe('Pub/Sub, as it is now', () => {
  const snapshot = (world: World) => {
    const { topics, subscriptions } = world.sandbox.snapshot()
    return { topic: topics[0]?.name ?? '', subscription: subscriptions[0]?.name ?? '' }
  }

  it('lost its subscription, then its topic', async () => {
    const { world, setup, connectionId } = await connected()
    const { topic, subscription } = snapshot(world)
    await asTenant(world, setup.serviceAccountKey, subscription, { method: 'DELETE' })
    expect(await checkOf(world, connectionId, 'subscription')).toMatchObject({
      status: 'fail',
      code: 'pubsub_subscription_missing',
      values: { subscription },
      fix: { id: 'provision', automatic: true },
    })
    await asTenant(world, setup.serviceAccountKey, topic, { method: 'DELETE' })
    expect(await diagnose(world, connectionId, ['topic', 'publisher', 'subscription'])).toEqual({
      topic: ['fail', 'pubsub_topic_missing'],
      publisher: ['skip', null],
      subscription: ['skip', null],
    })
  })

  it('lost Gmail’s right to publish', async () => {
    const { world, setup, connectionId } = await connected()
    const { topic } = snapshot(world)
    await asTenant(world, setup.serviceAccountKey, `${topic}:setIamPolicy`, {
      method: 'POST',
      body: JSON.stringify({ policy: { bindings: [] } }),
    })
    expect(await checkOf(world, connectionId, 'publisher')).toMatchObject({
      status: 'fail',
      code: 'pubsub_publisher_missing',
      expected: 'gmail-api-push@system.gserviceaccount.com roles/pubsub.publisher',
      fix: { id: 'provision' },
    })
  })

  it('pushes elsewhere, signs as somebody else, and would expire: each is told apart', async () => {
    const { world, setup, connectionId } = await connected()
    const { subscription } = snapshot(world)
    const found = world.sandbox.snapshot().subscriptions[0]
    const push = (pushConfig: unknown) =>
      asTenant(world, setup.serviceAccountKey, `${subscription}:modifyPushConfig`, { method: 'POST', body: JSON.stringify({ pushConfig }) })
    const endpoint = (await world.store.pushEndpoints.get('acme', 'google'))?.audience ?? ''
    const signer = JSON.parse(setup.serviceAccountKey).client_email
    expect(found).toBeDefined()
    await push({ pushEndpoint: `${endpoint}x`, oidcToken: { serviceAccountEmail: signer, audience: endpoint } })
    expect(await checkOf(world, connectionId, 'subscription')).toMatchObject({
      status: 'fail',
      code: 'pubsub_audience_mismatch',
      values: { expected: endpoint, actual: `${endpoint}x` },
      fix: { id: 'provision', automatic: true },
    })
    await push({ pushEndpoint: endpoint, oidcToken: { serviceAccountEmail: signer, audience: `${endpoint}y` } })
    expect(await checkOf(world, connectionId, 'subscription')).toMatchObject({ values: { expected: endpoint, actual: `${endpoint}y` } })
    await push({ pushEndpoint: endpoint })
    expect(await checkOf(world, connectionId, 'subscription')).toMatchObject({ status: 'fail' })
    await push({ pushEndpoint: endpoint, oidcToken: { serviceAccountEmail: signer, audience: endpoint } })
    expect(await checkOf(world, connectionId, 'subscription')).toMatchObject({ status: 'pass' })
    await asTenant(world, setup.serviceAccountKey, subscription, {
      method: 'PATCH',
      body: JSON.stringify({ subscription: { expirationPolicy: { ttl: '86400s' } }, updateMask: 'expirationPolicy' }),
    })
    expect(await checkOf(world, connectionId, 'subscription')).toMatchObject({
      status: 'warn',
      code: 'pubsub_read_back_failed',
      facts: { neverExpires: false },
      fix: { id: 'provision' },
    })
  })

  it('is accepted from where it no longer comes', async () => {
    const { world, connectionId } = await connected()
    const endpoint = await world.store.pushEndpoints.get('acme', 'google')
    if (endpoint === null) throw new Error('there is no endpoint')
    await world.store.pushEndpoints.put({ ...endpoint, audience: 'https://old.example.com/push' })
    expect(await checkOf(world, connectionId, 'subscription')).toMatchObject({
      code: 'pubsub_audience_mismatch',
      values: { expected: endpoint.audience, actual: 'https://old.example.com/push' },
    })
  })

  it('is not ours to look at in manual mode, and what should be there is said', async () => {
    const { world, connectionId } = await connected()
    await world.sdk.google.save({ principal, changes: { notifications: 'manual' } })
    await world.settle()
    const check = await checkOf(world, connectionId, 'topic')
    expect(check).toMatchObject({ status: 'skip', blockedBy: null, facts: { notifications: 'manual' } })
    expect(check?.facts['topic']).toMatch(/^projects\//)
    expect(check?.expected).toMatch(/^https:\/\/app\.example\.com\//)
  })
})

describe('the labels', () => {
  it('are all there, by name or id, or the first that is not is named', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const begun = await world.sdk.gmail.connect({
      principal,
      settings: { name: 'Support', mailbox: 'support@acme.test', labelIds: ['INBOX', 'Gone'] },
    })
    await signIn(world, begun, { address: 'support@acme.test' })
    await world.settle()
    expect(await checkOf(world, begun.connectionId, 'labels')).toMatchObject({
      status: 'fail',
      code: 'unknown_label',
      values: { label: 'Gone' },
      fix: { id: 'edit_labels', automatic: false },
    })
  })
})

describe('the calendar', () => {
  it('is named when it cannot be written to, is gone, or is not chosen', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const { google } = world.sandbox
    google.createAccount({ address: 'toni@acme.test', name: 'Toni' })
    const { id } = google.createCalendar('toni@acme.test', { summary: 'Rota' })
    google.shareCalendar('toni@acme.test', id, 'dana@acme.test', 'reader')
    const connectionId = await connectCalendar(world, { settings: { calendarId: id } })
    expect(await diagnose(world, connectionId)).toMatchObject({ calendar: ['warn', 'calendar_read_only'] })
    google.deleteCalendar('toni@acme.test', id)
    expect(await diagnose(world, connectionId)).toMatchObject({ calendar: ['fail', 'calendar_not_found'] })
    const unchosen = await connectCalendar(world, { settings: { calendarId: null } })
    expect(await diagnose(world, unchosen)).toMatchObject({ calendar: ['fail', 'calendar_not_chosen'] })
  })
})
