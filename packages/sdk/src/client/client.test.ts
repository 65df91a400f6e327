import { describe, expect, it } from 'vitest'
import { errorCodes, failures, isTenantryError } from '../errors/index.ts'
import { operations } from '../wire/index.ts'
import { createClient } from './index.ts'
import type { ClientOptions } from './index.ts'

type Respond = NonNullable<ClientOptions['fetch']>

const connection = {
  id: 'c1',
  provider: 'gmail',
  name: 'Support',
  settings: {},
  address: null,
  owner: { userId: 'dana', name: null },
  health: {
    status: 'connected',
    reason: null,
    values: {},
    since: 't',
    nextAttemptAt: null,
    failures: 0,
    delivery: 'push',
    deliveryReason: null,
    lastSyncAt: null,
    lastPushAt: null,
    lastItemAt: null,
    renewBy: null,
    signInEndsAt: null,
    lookEveryMs: 900_000,
    quarantined: 0,
  },
  createdAt: 't',
  updatedAt: 't',
  version: 1,
  technical: { topic: 'projects/acme-mail-1/topics/t' },
  sharesSignIn: false,
  goodbye: null,
  permissions: { update: true, reconnect: true, disconnect: true, remove: true, sync: true, diagnose: true },
}

/** A client whose server answers this; it notes what it was asked. */
function createFake(respond: Respond, options: ClientOptions = {}) {
  const calls: { url: string; init: RequestInit }[] = []
  const client = createClient({
    ...options,
    fetch: async (url, init) => {
      calls.push({ url, init })
      return respond(url, init)
    },
  })
  return { client, calls }
}

const answer =
  (body: unknown, status = 200): Respond =>
  async () =>
    Response.json(body, { status })

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'it did not fail',
    (error: unknown) => error,
  )
}

describe('a call', () => {
  it('asks the route of the contract with the page’s own session', async () => {
    const { client, calls } = createFake(answer(connection))
    await client.connections.get('a/b?c')
    await client.connections.sync('c1')
    await client.connections.update('c1', { name: 'New' })
    expect(calls.map(({ url, init }) => [init.method, url, init.body])).toEqual([
      ['GET', '/api/tenantry/connections/a%2Fb%3Fc', undefined],
      ['POST', '/api/tenantry/connections/c1/sync', '{}'],
      ['PATCH', '/api/tenantry/connections/c1', '{"name":"New"}'],
    ])
    for (const { init } of calls) {
      expect(init).toMatchObject({ credentials: 'same-origin' })
      expect(new Headers(init.headers).get('content-type')).toBe(init.method === 'GET' ? null : 'application/json')
    }
  })

  it('goes where it is told, and asks for a provider only when one is named', async () => {
    const { client, calls } = createFake(answer({ connections: [connection] }), { origin: 'https://api.example.com', basePath: '/tn' })
    expect(await client.connections.list()).toEqual([connection])
    await client.connections.list({ provider: 'gmail & co' })
    expect(calls.map(({ url }) => url)).toEqual([
      'https://api.example.com/tn/connections',
      'https://api.example.com/tn/connections?provider=gmail+%26+co',
    ])
  })

  it('has a method for every operation', async () => {
    const { client, calls } = createFake(answer({}))
    const { google, microsoft, connections, flows } = client
    const all = [
      google.status(),
      google.save({}),
      google.test(),
      google.reset({ credentials: 'keep' }),
      google.setupScript(),
      google.provision(),
      google.testNotification(),
      google.supportBundle(),
      microsoft.status(),
      microsoft.save({}),
      microsoft.test(),
      microsoft.reset({ credentials: 'keep' }),
      microsoft.setupScript(),
      connections.list(),
      connections.get('1'),
      connections.connect({ provider: 'gmail', settings: {} }),
      connections.reconnect('1'),
      connections.update('1', {}),
      connections.disconnect('1'),
      connections.remove('1'),
      connections.sync('1'),
      connections.diagnose('1'),
      connections.choices('1'),
      connections.connectAnother('1', { settings: {} }),
      connections.repair('1'),
      connections.redrive('1'),
      connections.testMessage('1'),
      connections.supportBundle('1'),
      flows.get('1'),
    ]
    await Promise.allSettled(all)
    const asked = calls.map(({ url, init }) => `${init.method} ${url.replace('/api/tenantry', '').replace('/1', '/:id')}`)
    expect(asked.toSorted()).toEqual(
      Object.values(operations)
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    )
  })

  it('names the checks to run and what a support bundle may show, and nothing that was not asked for', async () => {
    const { client, calls } = createFake(answer({ startedAt: 't', finishedAt: 't', checks: [] }))
    await client.google.test({ checks: ['topic'] })
    await client.connections.diagnose('c1', { checks: ['grant', 'watch'] })
    await client.connections.diagnose('c1')
    const bundles = createFake(answer({ version: 1, createdAt: 't', bundle: { a: 1 } }))
    await bundles.client.google.supportBundle({ addresses: true })
    expect(await bundles.client.connections.supportBundle('c1')).toEqual({ version: 1, createdAt: 't', bundle: { a: 1 } })
    expect([...calls, ...bundles.calls].map(({ init }) => init.body)).toEqual([
      '{"checks":["topic"]}',
      '{"checks":["grant","watch"]}',
      '{}',
      '{"addresses":true}',
      '{}',
    ])
  })

  it('drops what the contract does not know, and refuses an answer that is not the contract’s', async () => {
    const { client } = createFake(answer({ ...connection, clientSecret: 'EXAMPLE_leak' }))
    expect(JSON.stringify(await client.connections.get('c1'))).not.toContain('EXAMPLE_')
    for (const body of [{}, null, [], { ...connection, health: { ...connection.health, status: 'new_status' } }]) {
      expect(await failureOf(createFake(answer(body)).client.connections.get('c1'))).toMatchObject({ code: 'internal' })
    }
  })
})

describe('a problem', () => {
  it.each(errorCodes)('%s becomes the error with that code', async (code) => {
    const problem = {
      code,
      title: 't',
      detail: 'd',
      status: failures[code].httpStatus,
      field: 'name',
      values: { name: 'Support' },
      retryAfterMs: 7,
      requestId: 'r1',
    }
    const failure = await failureOf(createFake(answer(problem, failures[code].httpStatus)).client.connections.get('c1'))
    expect(isTenantryError(failure)).toBe(true)
    expect(failure).toMatchObject({
      code,
      field: 'name',
      values: { name: 'Support', requestId: 'r1' },
      retryAfterMs: 7,
      httpStatus: failures[code].httpStatus,
    })
  })

  it('names every wrong field', async () => {
    const fields = [
      { field: 'clientId', code: 'client_id_is_secret' },
      { field: 'serviceAccountKey', code: 'key_incomplete', values: { missing: 'private_key' } },
    ]
    const { client } = createFake(answer({ code: 'invalid_input', title: 't', detail: 'd', status: 422, fields, requestId: 'r1' }, 422))
    expect(await failureOf(client.google.save({}))).toMatchObject({ code: 'invalid_input', field: 'clientId', fields })
  })

  it.each<[string, unknown]>([
    ['of a newer server', { code: 'brand_new', title: 't', detail: 'd', status: 400, requestId: 'r1' }],
    ['of somebody else', { error: 'EXAMPLE_oops' }],
    ['that is text', 'EXAMPLE_oops'],
    ['that is null', null],
  ])('%s is an internal error that quotes nothing', async (_, body) => {
    const failure = await failureOf(createFake(answer(body, 400)).client.connections.get('c1'))
    expect(failure).toMatchObject({ code: 'internal' })
    expect(String(failure)).not.toContain('EXAMPLE_')
  })
})

describe('no usable answer', () => {
  const page =
    (status: number): Respond =>
    async () =>
      new Response('<html>EXAMPLE_page</html>', { status, headers: { 'content-type': 'text/html' } })

  it.each([
    [200, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [404, 'internal'],
    [403, 'internal'],
  ])('a page with status %i is %s', async (status, code) => {
    const failure = await failureOf(createFake(page(status)).client.connections.get('c1'))
    expect(failure).toMatchObject({ code })
    expect(String(failure)).not.toContain('EXAMPLE_')
  })

  it('a connection that fails, before or within the answer, is "network"', async () => {
    const broken: Respond = async () => {
      throw new TypeError('EXAMPLE_failed to fetch')
    }
    const cut: Respond = async () =>
      new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('EXAMPLE_terminated')) }))
    for (const respond of [broken, cut]) {
      const failure = await failureOf(createFake(respond).client.connections.get('c1'))
      expect(failure).toMatchObject({ code: 'network', retryable: true })
      expect(String(failure)).not.toContain('EXAMPLE_')
    }
  })

  it('an abort stays an abort, before and within the answer', async () => {
    const abort = new AbortController()
    const reason = new DOMException('left the page', 'AbortError')
    const before: Respond = (_, { signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const within: Respond = async (_, { signal }) =>
      new Response(new ReadableStream({ start: (controller) => signal?.addEventListener('abort', () => controller.error(signal.reason)) }))
    const failures = [before, within].map((respond) => failureOf(createFake(respond).client.google.status({ signal: abort.signal })))
    await new Promise((resolve) => setTimeout(resolve, 5))
    abort.abort(reason)
    expect(await Promise.all(failures)).toEqual([reason, reason])
  })
})
