import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { changesFor, connectCalendar, connectGmail, createGoogleApp, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'
import type { GoogleSetup } from '../testing/index.ts'

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
      sa_key: ['pass', null],
      topic: ['skip', null],
      publisher: ['skip', null],
      subscription: ['skip', null],
    })
  })

  it('all pass once mailbox and calendar are connected, and change nothing', async () => {
    const { world } = await setUp()
    await connectGmail(world)
    await connectCalendar(world)
    world.sandbox.clearRequests()
    expect(Object.values(await check(world))).toEqual(Array(8).fill(['pass', null]))
    expect(
      world.sandbox.requests.filter(
        ({ method, operation }) => method !== 'GET' && operation !== 'oauth.token' && operation !== 'pubsub.topics.getIamPolicy',
      ),
    ).toEqual([])
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
    expect(checks.find(({ id }) => id === 'sa_key')).toMatchObject({ status: 'fail', code: 'app_unauthorized' })
    expect(checks.find(({ id }) => id === 'topic')).toMatchObject({ status: 'skip', blockedBy: 'sa_key' })
    expect(checks.find(({ id }) => id === 'client_pair')).toMatchObject({ status: 'pass' })
  })

  it('find a key without rights before anyone connects, and after', async () => {
    const { world } = await setUpWithRoles([])
    expect(await check(world)).toMatchObject({ sa_key: ['pass', null], topic: ['fail', 'pubsub_forbidden'] })
    await connectGmail(world)
    expect(await check(world)).toMatchObject({ sa_key: ['pass', null], topic: ['fail', 'pubsub_forbidden'] })
  })

  it('find a key that may look and not touch, once it had to', async () => {
    const { world } = await setUpWithRoles(['roles/pubsub.viewer'])
    const connectionId = await connectGmail(world)
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({
      health: { delivery: 'polling', deliveryReason: 'pubsub_forbidden' },
    })
    expect(await check(world)).toMatchObject({ topic: ['skip', null] })
  })

  it('find a disabled API', async () => {
    const { world, setup } = await setUp()
    world.sandbox.google.setApi(setup.projectId, 'pubsub', false)
    expect(await check(world)).toMatchObject({ sa_key: ['pass', null], topic: ['fail', 'api_not_enabled'] })
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
      subscription: ['fail', 'pubsub_read_back_failed'],
    })
    expect((await remove(topics[0]?.name ?? '')).status).toBe(200)
    expect(await check(world)).toMatchObject({ topic: ['fail', 'pubsub_read_back_failed'], publisher: ['skip', null] })
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

describe('the setup script', () => {
  it('makes exactly what provisioning would, with the tenant’s names', async () => {
    const { world, setup } = await setUp()
    const { script } = await world.sdk.google.setupScript({ principal })
    await connectGmail(world)
    const endpoint = await world.store.pushEndpoints.get('acme', 'google')
    const short = (name: string | null | undefined) => name?.split('/').at(-1)
    expect(script).toContain(`gcloud config set project ${setup.projectId}\n`)
    expect(script).toContain(`topics create ${short(endpoint?.topic)}\n`)
    expect(script).toContain(
      `subscriptions create ${short(endpoint?.subscription)} --topic=${short(endpoint?.topic)} --push-endpoint="${endpoint?.audience}"`,
    )
    expect(script).toContain('--member=serviceAccount:gmail-api-push@system.gserviceaccount.com --role=roles/pubsub.publisher')
    expect(script).not.toMatch(/EXAMPLE_|PRIVATE KEY/)
    expect((await world.sdk.google.setupScript({ principal })).script).toBe(script)
  })

  it('leaves nothing to the shell but known words', async () => {
    const { world } = await setUp()
    const { script } = await world.sdk.google.setupScript({ principal })
    for (const line of script.trimEnd().split('\n')) expect(line).toMatch(/^gcloud [\w .:/@="-]+$/)
  })

  it('needs a project', async () => {
    expect(await codeOf(createWorld().sdk.google.setupScript({ principal }))).toBe('google_not_configured')
  })
})
