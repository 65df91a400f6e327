import { describe, expect, it } from 'vitest'
import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import { createClient } from '@tenantry/sdk/client'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import type { Principal } from '@tenantry/sdk/model'
import { changesFor, createGoogleApp, createTestTenantry } from '@tenantry/sdk/testing'
import type { TestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '../google/index.ts'
import { createHandler } from './index.ts'
import { readCookie } from './read-cookie.ts'

const origin = 'https://app.example.com'
const address = 'support@acme.test'

const people: Readonly<Record<string, Principal>> = {
  dana: { tenantId: 'acme', userId: 'dana' },
  erik: { tenantId: 'acme', userId: 'erik' },
  gail: { tenantId: 'globex', userId: 'gail' },
}

/** The real sdk behind the real door, Google as the sandbox, and every answer on record. */
function createWorld() {
  const sent: string[] = []
  const answers: string[] = []
  const secrets = new Set<string>()

  const fetchGoogle = async (request: Request): Promise<Response> => {
    const response = await sandbox.fetch(request)
    if (new URL(request.url).pathname.endsWith('/token')) {
      const tokens: Record<string, unknown> = await response.clone().json()
      for (const name of ['access_token', 'refresh_token', 'id_token']) if (typeof tokens[name] === 'string') secrets.add(tokens[name])
    }
    return response
  }
  const answer = async (request: Request): Promise<Response> => {
    sent.push(await request.clone().text())
    const response = await handler(request)
    const headers = [...response.headers].filter(([name, value]) => name !== 'set-cookie' || !value.startsWith('__Host-tn_'))
    answers.push(JSON.stringify([response.status, headers, await response.clone().text()]))
    return response
  }

  const sandbox = createSandbox({ clock: createVirtualClock({ now: Date.UTC(2026, 10, 21, 8), frozen: true }), deliver: answer })
  sandbox.google.createAccount({ address, name: 'Acme Support' })
  const google = createGoogleGateway({ endpoints: sandbox.endpoints, fetch: fetchGoogle, crypto: createWebCrypto(), clock: sandbox.clock })
  const world: TestTenantry = createTestTenantry({ sandbox, google, baseUrl: origin, fetch: fetchGoogle })
  const handler = createHandler(world.sdk, {
    identify: (request) => people[readCookie(request.headers.get('cookie'), 'session') ?? ''] ?? null,
    logger: world.logger,
  })
  return { ...world, sandbox, answer, sent, answers, secrets }
}

type World = ReturnType<typeof createWorld>

/** A browser on the host's page: keeps cookies as RFC 6265 wants and names its origin. */
function openBrowser(world: World, session: string) {
  const jar = new Map([['session', session]])
  const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    if (init.method !== undefined && init.method !== 'GET') headers.set('origin', origin)
    const response = await world.answer(new Request(url, { ...init, headers }))
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split('; ')
      const [name = '', value = ''] = pair.split('=')
      expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure']))
      if (attributes.includes('Max-Age=0')) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  return { go, jar, client: createClient({ origin, fetch: go }) }
}

async function saveGoogle(world: World, browser: ReturnType<typeof openBrowser>) {
  const app = await createGoogleApp(world)
  const { private_key: pem } = JSON.parse(app.serviceAccountKey) as { private_key: string }
  for (const secret of [app.clientSecret, ...pem.split('\n').filter((line) => line.length >= 40)]) world.secrets.add(secret)
  return browser.client.google.save(changesFor(app))
}

async function connect(world: World, browser: ReturnType<typeof openBrowser>) {
  const begun = await browser.client.connections.connect({
    provider: 'gmail',
    settings: { name: 'Support', mailbox: address },
    returnTo: '/settings',
  })
  const { redirectTo } = world.sandbox.google.grantConsent({ authorizationUrl: begun.authorizationUrl, address })
  world.secrets.add(new URL(redirectTo).searchParams.get('code') ?? '')
  return { begun, redirectTo }
}

describe('from an empty settings page to mail, over HTTP', () => {
  it('saves the app, connects the mailbox, takes pushes, lets go, and shows no secret on the way', async () => {
    const world = createWorld()
    const browser = openBrowser(world, 'dana')
    const { client } = browser
    expect(await client.google.status()).toMatchObject({ state: 'missing' })
    expect(await saveGoogle(world, browser)).toMatchObject({ state: 'configured', missing: [] })
    expect((await client.google.test()).checks.map(({ status }) => status)).not.toContain('fail')
    expect(await client.google.setupScript()).toContain('gcloud')

    const { begun, redirectTo } = await connect(world, browser)
    expect([...browser.jar.keys()]).toEqual(['session', expect.stringMatching(/^__Host-tn_[0-9a-f]{8}$/)])
    expect(await client.flows.get(begun.flowId)).toMatchObject({ status: 'pending' })
    const page = await browser.go(redirectTo)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await page.text()).toContain(`${origin}/settings?tn_flow=${begun.flowId}&#38;tn_outcome=connected`.replace('&#38;', '&amp;'))
    expect([...browser.jar.keys()]).toEqual(['session'])
    expect(await client.flows.get(begun.flowId)).toMatchObject({ status: 'connected', connectionId: begun.connectionId })

    await world.settle()
    expect(await client.connections.list({ provider: 'gmail' })).toMatchObject([
      { id: begun.connectionId, address, health: { status: 'connected', delivery: 'push' } },
    ])
    world.sandbox.google.deliverMail(address, { from: 'customer@example.test', subject: 'Printer', text: 'on fire' })
    await world.settle()
    expect(world.sandbox.deliveries.map(({ status }) => status)).toEqual(expect.arrayContaining([204]))
    expect(world.sandbox.deliveries.filter(({ status }) => status !== 204)).toEqual([])
    expect(world.events).toContainEqual(
      expect.objectContaining({ type: 'message.received', message: expect.objectContaining({ subject: 'Printer' }) }),
    )

    const id = begun.connectionId
    const { checks } = await client.connections.diagnose(id)
    expect(checks.filter(({ status }) => status !== 'pass')).toEqual([])
    expect((await client.connections.diagnose(id, { checks: ['grant', 'topic'] })).checks.map((check) => check.id)).toEqual([
      'topic',
      'grant',
    ])
    expect((await client.connections.choices(id)).choices['labelIds']).toContainEqual(expect.objectContaining({ id: 'INBOX' }))
    expect(await client.connections.repair(id)).toMatchObject({ id, health: { status: 'connected' } })
    await world.settle()
    expect(await client.connections.redrive(id)).toEqual({ redriven: 0 })
    expect(await client.google.provision()).toMatchObject({ provisioning: { state: 'done' } })
    expect(await client.google.testNotification()).toMatchObject({ sent: true })
    const bundles = [await client.connections.supportBundle(id), await client.google.supportBundle()]
    expect(bundles.map(({ version }) => version)).toEqual([1, 1])
    expect(JSON.stringify(bundles)).not.toContain(address)
    expect(JSON.stringify(await client.connections.supportBundle(id, { addresses: true }))).toContain(address)
    await world.settle()
    await client.connections.update(begun.connectionId, { name: 'Help' })
    expect(await client.connections.disconnect(begun.connectionId)).toMatchObject({ name: 'Help', health: { status: 'disconnected' } })
    await client.google.reset({ credentials: 'delete' })
    expect(await client.google.status()).toMatchObject({ state: 'missing' })

    expect(world.secrets.size).toBeGreaterThan(25)
    expect([...world.secrets].filter((secret) => secret.length < 16)).toEqual([])
    const outside = [...world.answers, JSON.stringify(world.logger.lines)].join('\n')
    expect([...world.secrets].filter((secret) => outside.includes(secret) || outside.includes(encodeURIComponent(secret)))).toEqual([])
    const [bearer] = world.sandbox.deliveries.flatMap(({ headers }) => headers['authorization'] ?? [])
    expect(bearer).toMatch(/^Bearer /)
    expect(outside).not.toContain(bearer?.slice('Bearer '.length))
    // The search would find one if it were there: the page did send them.
    expect([...world.secrets].filter((secret) => world.sent.join('\n').includes(secret)).length).toBeGreaterThan(20)
  })

  it('says how a sign-in failed, on the page and to the page that waits', async () => {
    const world = createWorld()
    const browser = openBrowser(world, 'dana')
    await saveGoogle(world, browser)
    const begun = await browser.client.connections.connect({ provider: 'gmail', settings: { name: 'Support', mailbox: address } })
    const { redirectTo } = world.sandbox.google.denyConsent({ authorizationUrl: begun.authorizationUrl, address })
    const page = await browser.go(redirectTo, { headers: { 'accept-language': 'de' } })
    expect(page.status).toBe(400)
    expect(await page.text()).toContain('Der Zugriff wurde nicht erlaubt')
    expect(await browser.client.flows.get(begun.flowId)).toMatchObject({ status: 'failed', code: 'access_denied' })
  })

  it('lets nobody else finish it: another browser, person or tenant, or a second time', async () => {
    for (const session of ['erik', 'gail', 'nobody']) {
      const world = createWorld()
      const browser = openBrowser(world, 'dana')
      await saveGoogle(world, browser)
      const { begun, redirectTo } = await connect(world, browser)
      const other = openBrowser(world, session)
      for (const [name, value] of browser.jar) if (name !== 'session') other.jar.set(name, value)
      expect((await other.go(redirectTo)).status).toBe(403)
      expect(await browser.client.flows.get(begun.flowId)).toMatchObject({ code: 'session_mismatch' })
    }
    const world = createWorld()
    const browser = openBrowser(world, 'dana')
    await saveGoogle(world, browser)
    const stolen = await connect(world, browser)
    expect(await (await openBrowser(world, 'dana').go(stolen.redirectTo)).text()).toContain('Another browser answered')
    const { redirectTo } = await connect(world, browser)
    expect((await browser.go(redirectTo)).status).toBe(200)
    expect(await (await browser.go(redirectTo)).text()).toContain('The sign-in was already used')
  })

  it('shows a tenant nothing of another, and refuses forged pushes', async () => {
    const world = createWorld()
    const browser = openBrowser(world, 'dana')
    await saveGoogle(world, browser)
    const { begun, redirectTo } = await connect(world, browser)
    await browser.go(redirectTo)
    await world.settle()
    const gail = openBrowser(world, 'gail').client
    expect(await gail.connections.list()).toEqual([])
    for (const call of [
      gail.connections.get,
      gail.connections.sync,
      gail.connections.diagnose,
      gail.connections.disconnect,
      gail.connections.remove,
      gail.connections.reconnect,
      gail.connections.choices,
      gail.connections.repair,
      gail.connections.redrive,
      gail.connections.supportBundle,
      (id: string) => gail.connections.connectAnother(id, { settings: { name: 'Stolen' } }),
      gail.flows.get,
    ]) {
      await expect(call(call === gail.flows.get ? begun.flowId : begun.connectionId)).rejects.toMatchObject({ code: 'not_found' })
    }
    world.sandbox.google.deliverMail(address, { from: 'customer@example.test', subject: 'Printer', text: 'on fire' })
    await world.settle()
    const push = world.sandbox.deliveries.findLast(({ kind }) => kind === 'pubsub')
    const replay = async (url: string, headers: Record<string, string>, body = push?.body ?? '') =>
      (await world.answer(new Request(url, { method: 'POST', headers, body }))).status
    expect(await replay(push?.url ?? '', push?.headers ?? {})).toBe(204)
    // Genuine, and never to be read: sent again it would be no better.
    expect(await replay(push?.url ?? '', push?.headers ?? {}, '{"message":7}')).toBe(204)
    expect(await browser.client.google.status()).toMatchObject({ provisioning: { malformed: 1 } })
    expect(await replay(push?.url ?? '', { ...push?.headers, authorization: 'Bearer EXAMPLE_forged' })).toBe(401)
    expect(await replay(`${origin}/api/email/webhooks/google/another-key`, push?.headers ?? {})).toBe(401)
    expect(await replay(`${origin}/api/calendar/webhooks/google`, {})).toBe(401)
  })
})
