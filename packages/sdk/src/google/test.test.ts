import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { changesFor, connectCalendar, connectGmail, createGoogleApp, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'
import type { GoogleSetup } from '../testing/index.ts'

const hour = 3_600_000
const day = 24 * hour

const replace = (value: string) => ({ action: 'replace' as const, value })

async function check(world: World): Promise<Record<string, [status: string, code: string | null]>> {
  const { checks } = await world.sdk.google.test({ principal })
  return Object.fromEntries(checks.map(({ id, status, code }) => [id, [status, code]]))
}

async function setUp(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  return { world, setup: await setUpGoogle(world) }
}

/** The tenant's app with a key that has only these roles. */
async function setUpWithRoles(roles: string[]): Promise<{ world: World; setup: GoogleSetup }> {
  const world = createWorld()
  const app = await createGoogleApp(world)
  const account = await world.sandbox.google.createServiceAccount({ projectId: app.projectId, name: 'weak-key', roles })
  const setup = { ...app, serviceAccountKey: account.keyJson() }
  await world.sdk.google.save({ principal, changes: changesFor(setup) })
  return { world, setup }
}

describe('the setup checks', () => {
  it('pass for a good app, and say what they could not see yet', async () => {
    const { world } = await setUp()
    expect(await check(world)).toEqual({
      base_url: ['pass', null],
      project_id: ['pass', null],
      client_pair: ['pass', null],
      redirect_uris: ['warn', null],
      publishing: ['skip', null],
      apis: ['skip', null],
      sa_key: ['pass', null],
      same_project: ['skip', null],
      topic: ['skip', null],
      publisher: ['skip', null],
      subscription: ['skip', null],
    })
  })

  it('all pass once mailbox and calendar are connected, and change nothing', async () => {
    const { world } = await setUp()
    await world.sdk.google.save({ principal, changes: { userType: 'internal' } })
    await connectGmail(world)
    await connectCalendar(world)
    world.sandbox.clearRequests()
    expect(Object.values(await check(world))).toEqual(Array(11).fill(['pass', null]))
    const reads = ['oauth.token', 'pubsub.topics.getIamPolicy', 'pubsub.topics.testIamPermissions']
    expect(world.sandbox.requests.filter(({ method, operation }) => method !== 'GET' && !reads.includes(operation))).toEqual([])
  })

  it.each<[string, (world: World, setup: GoogleSetup) => unknown, string]>([
    [
      'a wrong secret',
      (world) => world.sdk.google.save({ principal, changes: { clientSecret: replace('GOCSPX-EXAMPLE_wrong_one') } }),
      'app_secret_invalid',
    ],
    ['a rotated secret', (world, { clientId }) => world.sandbox.google.rotateSecret(clientId), 'app_secret_invalid'],
    ['a deleted client', (world, { clientId }) => world.sandbox.google.deleteClient(clientId), 'app_client_id_invalid'],
    [
      'an unknown client',
      (world) =>
        world.sdk.google.save({
          principal,
          changes: { clientId: replace('999999999999-EXAMPLE_none.apps.googleusercontent.com'.toLowerCase()) },
        }),
      'app_client_id_invalid',
    ],
    [
      'a token endpoint that is down',
      (world) => world.sandbox.faults.add({ operation: 'oauth.token', kind: 'status', status: 503 }),
      'provider_unavailable',
    ],
  ])('find %s', async (_, spoil, code) => {
    const { world, setup } = await setUp()
    await spoil(world, setup)
    const found = await check(world)
    expect(found).toMatchObject({ base_url: ['pass', null], client_pair: ['fail', code], redirect_uris: ['skip', null] })
  })

  it('find a key that Google no longer accepts, and skip what needs it', async () => {
    const { world, setup } = await setUp()
    world.sandbox.google.deleteServiceAccountKeys(JSON.parse(setup.serviceAccountKey).client_email)
    const { checks } = await world.sdk.google.test({ principal })
    expect(checks.find(({ id }) => id === 'sa_key')).toMatchObject({ status: 'fail', code: 'key_rejected', fix: { id: 'open_setup' } })
    expect(checks.find(({ id }) => id === 'topic')).toMatchObject({ status: 'skip', blockedBy: 'sa_key' })
    expect(checks.find(({ id }) => id === 'client_pair')).toMatchObject({ status: 'pass' })
  })

  it('find a key without rights before anyone connects, and after', async () => {
    const { world } = await setUpWithRoles([])
    expect(await check(world)).toMatchObject({ sa_key: ['pass', null], topic: ['fail', 'pubsub_forbidden'] })
    await connectGmail(world)
    expect(await check(world)).toMatchObject({ sa_key: ['pass', null], topic: ['fail', 'pubsub_forbidden'] })
  })

  it('find a key that may look and not touch, as soon as there is something to touch', async () => {
    const { world, setup } = await setUp()
    await connectGmail(world)
    const member = `serviceAccount:${JSON.parse(setup.serviceAccountKey).client_email}`
    world.sandbox.google.grantRole(setup.projectId, member, 'roles/pubsub.viewer')
    world.sandbox.google.revokeRole(setup.projectId, member, 'roles/pubsub.admin')
    const { checks } = await world.sdk.google.test({ principal, checks: ['sa_key', 'topic'] })
    const missing = 'pubsub.topics.getIamPolicy, pubsub.topics.setIamPolicy, pubsub.topics.attachSubscription'
    expect(checks).toMatchObject([
      {
        id: 'sa_key',
        status: 'fail',
        code: 'pubsub_forbidden',
        values: { permission: missing },
        facts: { missing },
        fix: { id: 'open_console', href: `https://console.cloud.google.com/iam-admin/iam?project=${setup.projectId}` },
      },
      { id: 'topic', status: 'skip', blockedBy: 'sa_key' },
    ])
  })

  it('find a disabled API', async () => {
    const { world, setup } = await setUp()
    world.sandbox.google.setApi(setup.projectId, 'pubsub', false)
    expect(await check(world)).toMatchObject({
      apis: ['fail', 'api_not_enabled'],
      sa_key: ['pass', null],
      topic: ['fail', 'api_not_enabled'],
    })
    const { checks } = await world.sdk.google.test({ principal, checks: ['apis'] })
    expect(checks).toMatchObject([
      {
        values: { api: 'Cloud Pub/Sub API' },
        facts: { pubsub: 'disabled', gmail: 'unknown', calendar: 'unknown' },
        fix: { href: `https://console.cloud.google.com/apis/library/pubsub.googleapis.com?project=${setup.projectId}` },
      },
    ])
  })

  it('do not know of Pub/Sub in a project that Google does not show', async () => {
    const { world, setup } = await setUp()
    const message = `Requested project not found or user does not have access to it (project=${setup.projectId}).`
    const body = JSON.stringify({ error: { code: 404, message, status: 'NOT_FOUND' } })
    world.sandbox.faults.add({ operation: /^pubsub\./, kind: 'status', status: 404, body })
    expect(await check(world)).toMatchObject({ apis: ['skip', null], topic: ['fail', 'pubsub_forbidden'] })
    const { checks } = await world.sdk.google.test({ principal, checks: ['apis'] })
    expect(checks).toMatchObject([{ facts: { pubsub: 'unknown' } }])
  })

  it('find an API that is off from what the connections were told, and believe a sync of the last day', async () => {
    const { world, setup } = await setUp()
    const connectionId = await connectGmail(world)
    await connectCalendar(world)
    const apis = async () => (await world.sdk.google.test({ principal, checks: ['apis'] })).checks[0]
    expect(await apis()).toMatchObject({ status: 'pass', facts: { pubsub: 'enabled', gmail: 'enabled', calendar: 'enabled' } })
    world.sandbox.google.setApi(setup.projectId, 'gmail', false)
    await world.sdk.gmail.sync({ principal, connectionId })
    await world.settle()
    expect(await apis()).toMatchObject({
      status: 'fail',
      code: 'api_not_enabled',
      values: { api: 'Gmail API' },
      facts: { gmail: 'disabled' },
    })
    world.sandbox.google.setApi(setup.projectId, 'gmail', true)
    const later = createWorld({ store: world.store, secrets: world.secrets, clock: { now: () => world.sandbox.clock.now() + 25 * hour } })
    expect((await later.sdk.google.test({ principal, checks: ['apis'] })).checks[0]?.facts).toMatchObject({ calendar: 'unknown' })
  })

  it('find what somebody took away after it was set up', async () => {
    const { world, setup } = await setUp()
    await connectGmail(world)
    const { topics, subscriptions } = world.sandbox.snapshot()
    expect([topics.length, subscriptions.length]).toEqual([1, 1])
    const token = await tokenOf(world, setup)
    const remove = (name: string) =>
      world.sandbox.fetch(
        new Request(`${world.sandbox.endpoints.pubsub}/${name}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }),
      )
    expect((await remove(subscriptions[0]?.name ?? '')).status).toBe(200)
    expect(await check(world)).toMatchObject({
      topic: ['pass', null],
      publisher: ['pass', null],
      subscription: ['fail', 'pubsub_subscription_missing'],
    })
    expect((await remove(topics[0]?.name ?? '')).status).toBe(200)
    expect(await check(world)).toMatchObject({ topic: ['fail', 'pubsub_topic_missing'], publisher: ['skip', null] })
  })

  it('check Calendar’s own pair in separate mode', async () => {
    const { world } = await setUp()
    const { clientId } = world.sandbox.google.createClient({ projectId: world.sandbox.google.createProject().projectId, redirectUris: [] })
    await world.sdk.google.save({
      principal,
      changes: {
        calendarMode: 'separate',
        calendarClientId: replace(clientId),
        calendarClientSecret: replace('GOCSPX-EXAMPLE_not_its_own'),
      },
    })
    expect(await check(world)).toMatchObject({ client_pair: ['pass', null], calendar_client_pair: ['fail', 'app_secret_invalid'] })
  })

  it('say what is missing when nothing is saved, and ask Google nothing', async () => {
    const world = createWorld()
    const { checks } = await world.sdk.google.test({ principal })
    expect(checks.find(({ id }) => id === 'client_pair')).toMatchObject({
      status: 'fail',
      code: 'google_not_configured',
      values: { missing: 'clientId, clientSecret' },
    })
    expect(checks.find(({ id }) => id === 'sa_key')).toMatchObject({ status: 'fail', code: 'google_not_configured' })
    expect(world.sandbox.requests).toEqual([])
  })

  it('say when Google will end a sign-in, and believe one that outlived the seven days', async () => {
    const publishing = async (world: World) => (await world.sdk.google.test({ principal, checks: ['publishing'] })).checks[0]
    const testing = createWorld()
    const setup = await setUpGoogle(testing, { publishing: 'testing' })
    await connectGmail(testing)
    await testing.sandbox.clock.advance(day)
    const connectionId = await connectCalendar(testing)
    const { signInEndsAt } = (await testing.sdk.calendar.get({ principal, connectionId })).health
    // The first to end is named.
    const date = new Date(Date.parse(signInEndsAt ?? '') - day).toISOString()
    expect(await publishing(testing)).toMatchObject({
      status: 'warn',
      code: 'sign_in_ending',
      values: { date },
      facts: { endingSignIns: 2, userType: 'external' },
      fix: { id: 'open_console', href: `https://console.cloud.google.com/auth/audience?project=${setup.projectId}` },
    })
    const { world } = await setUp()
    await connectGmail(world)
    expect(await publishing(world)).toMatchObject({ status: 'skip', code: null, facts: { endingSignIns: 0 } })
    await world.sandbox.clock.advance(7 * day + 1)
    expect(await publishing(world)).toMatchObject({ status: 'pass' })
  })

  it('compare projects by what Gmail said: a watch that lives, or its refusal', async () => {
    const { world, setup } = await setUp()
    const project = async () => (await world.sdk.google.test({ principal, checks: ['same_project'] })).checks[0]
    const number = setup.clientId.split('-')[0]
    expect(await project()).toMatchObject({
      status: 'skip',
      facts: { projectId: setup.projectId, keyProjectId: setup.projectId, clientProjectNumber: number },
    })
    await connectGmail(world)
    expect(await project()).toMatchObject({ status: 'pass' })
    const foreign = createWorld()
    const app = await createGoogleApp(foreign)
    const elsewhere = foreign.sandbox.google.createProject({ publishing: 'production' })
    const account = await foreign.sandbox.google.createServiceAccount({ projectId: elsewhere.projectId, name: 'mail-push' })
    const mixed = { ...app, projectId: elsewhere.projectId, serviceAccountKey: account.keyJson() }
    await foreign.sdk.google.save({ principal, changes: changesFor(mixed) })
    await connectGmail(foreign)
    expect((await foreign.sdk.google.test({ principal, checks: ['same_project'] })).checks[0]).toMatchObject({
      status: 'fail',
      code: 'pubsub_project_mismatch',
      fix: { id: 'open_setup' },
    })
  })

  it('believe what was set up by hand by what arrives, and by nothing else', async () => {
    const { world } = await setUp()
    await connectGmail(world)
    await world.sdk.google.save({ principal, changes: { notifications: 'manual' } })
    const { checks } = await world.sdk.google.test({ principal, checks: ['sa_key', 'topic', 'subscription', 'delivery'] })
    expect(checks.map(({ id, status }) => [id, status])).toEqual([
      ['topic', 'skip'],
      ['subscription', 'skip'],
      ['delivery', 'pass'],
    ])
    await world.sandbox.clock.advance(7 * day)
    const delivery = (await world.sdk.google.test({ principal, checks: ['delivery'] })).checks[0]
    expect(delivery).toMatchObject({
      status: 'warn',
      code: 'nothing_arrived',
      values: { since: delivery?.actual },
      facts: { malformed: 0 },
    })
  })

  it('answer those alone that were asked for', async () => {
    const { world } = await setUp()
    world.sandbox.clearRequests()
    expect((await world.sdk.google.test({ principal, checks: ['project_id'] })).checks.map(({ id }) => id)).toEqual(['project_id'])
    expect(world.sandbox.requests).toEqual([])
  })

  it('warn on localhost, where people can sign in and changes are polled', async () => {
    const { world } = await setUp({ baseUrl: 'http://localhost:3000' })
    expect(await check(world)).toMatchObject({ base_url: ['warn', 'push_not_possible'], client_pair: ['pass', null] })
  })

  it('show no secret', async () => {
    const { world, setup } = await setUp()
    const report = JSON.stringify(await world.sdk.google.test({ principal }))
    for (const secret of [setup.clientSecret, JSON.parse(setup.serviceAccountKey).private_key]) expect(report).not.toContain(secret)
  })
})

/** An access token of the tenant's service account, by the same wire as anyone's. */
async function tokenOf(world: World, setup: GoogleSetup): Promise<string> {
  const { importPKCS8, SignJWT } = await import('jose')
  const key = JSON.parse(setup.serviceAccountKey)
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
  return (await answer.json()).access_token
}
