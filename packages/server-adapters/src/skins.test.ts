import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import type { CallbackInput, ReceiveInput } from '@tenantry/sdk'
import { createHandler as createHonoHandler } from './hono.ts'
import { createHandler as createFetchHandler } from './http/index.ts'
import type { HandlerOptions, HandlerSdk } from './http/index.ts'
import { createRecordingSdk } from './http/testing/recording-sdk.ts'
import { changingIds, inputOf, operationIds, requestFor, streamOf } from './http/testing/requests.ts'
import { dana, signInByCookie } from './http/testing/sign-in-by-cookie.ts'
import { createHandler as createNodeHandler } from './node.ts'

type Send = (request: Request) => Promise<Response>

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

/** Sends a request's parts to a real port. */
const over =
  (port: number): Send =>
  async (request) => {
    const { pathname, search } = new URL(request.url)
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      ...(request.body && { body: request.body, duplex: 'half' }),
    })
  }

const forms: readonly (readonly [string, (sdk: HandlerSdk, options: HandlerOptions) => Promise<Send>])[] = [
  ['fetch', async (sdk, options) => createFetchHandler(sdk, options)],
  [
    'hono',
    async (sdk, options) => {
      const app = new Hono()
      app.use(createHonoHandler(sdk, options))
      app.all('*', (context) => context.text('the host', 418))
      return async (request) => app.fetch(request)
    },
  ],
  ['node:http', async (sdk, options) => over(await listen(createNodeHandler(sdk, options)))],
  [
    'node:http with next',
    async (sdk, options) => {
      const handler = createNodeHandler(sdk, options)
      return over(await listen((request, response) => void handler(request, response, () => response.writeHead(418).end('the host'))))
    },
  ],
]

const said = [
  'content-type',
  'cache-control',
  'x-content-type-options',
  'vary',
  'allow',
  'retry-after',
  'content-security-policy',
  'referrer-policy',
  'content-language',
]

/** What the handler said, without what a server adds. */
async function read(response: Response) {
  const headers = Object.fromEntries(said.map((name) => [name, response.headers.get(name)]))
  return { status: response.status, headers, cookies: response.headers.getSetCookie(), body: await response.text() }
}

describe.each(forms)('the handler as %s', (name, start) => {
  const open = async () => {
    const sdk = createRecordingSdk()
    const options = { identify: signInByCookie, random: { uuid: () => 'r-1' } }
    return { sdk, send: await start(sdk, options), reference: createFetchHandler(createRecordingSdk(), options) }
  }

  it.each(operationIds)('answers %s', async (operationId) => {
    const { sdk, send, reference } = await open()
    expect(await read(await send(requestFor(operationId)))).toEqual(await read(await reference(requestFor(operationId))))
    expect(sdk.calls).toEqual([{ verb: operationId, input: expect.objectContaining({ principal: dana }) }])
  })

  it('refuses nobody, a foreign origin, a form, broken JSON and an unknown path in the same words', async () => {
    const { sdk, send, reference } = await open()
    for (const operationId of changingIds) {
      for (const changes of [
        { headers: { cookie: null } },
        { headers: { origin: 'https://evil.test' } },
        { headers: { origin: null } },
        { headers: { 'content-type': 'text/plain' } },
        { body: '{' },
      ]) {
        const answer = await read(await send(requestFor(operationId, changes)))
        expect(answer).toEqual(await read(await reference(requestFor(operationId, changes))))
        expect(answer.status).toBeGreaterThanOrEqual(401)
      }
    }
    const nothing = () => new Request('https://app.example.com/api/tenantry/nothing')
    expect(await read(await send(nothing()))).toEqual(await read(await reference(nothing())))
    expect(sdk.calls).toEqual([])
  })

  it('carries the binding cookie out and back', async () => {
    const { sdk, send } = await open()
    const started = await send(requestFor('connections.connect'))
    expect(started.headers.getSetCookie()).toEqual(['__Host-tn_f1=EXAMPLE_binding; Path=/; HttpOnly; SameSite=Lax; Secure'])
    const page = () =>
      new Request('https://app.example.com/api/auth/google/callback?state=s&code=c%20d', {
        headers: { cookie: 'session=dana; __Host-tn_f1=EXAMPLE_binding', 'accept-language': 'de' },
      })
    const answer = await read(await send(page()))
    expect(answer).toMatchObject({
      status: 200,
      cookies: ['__Host-tn_f1=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure'],
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-language': 'de' },
    })
    const { cookie, params } = sdk.lastInput<CallbackInput>()
    expect([cookie('__Host-tn_f1'), params.get('code')]).toEqual(['EXAMPLE_binding', 'c d'])
  })

  it('hands a push on byte for byte', async () => {
    const { sdk, send } = await open()
    const body = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256)
    const response = await send(
      new Request('https://app.example.com/api/email/webhooks/google/k-1', {
        method: 'POST',
        body,
        headers: { authorization: 'Bearer EXAMPLE_jwt' },
      }),
    )
    expect([response.status, await response.text()]).toEqual([204, ''])
    const input = sdk.lastInput<ReceiveInput>()
    expect(input).toMatchObject({ path: '/api/email/webhooks/google', key: 'k-1' })
    expect(input.headers.get('authorization')).toBe('Bearer EXAMPLE_jwt')
    expect(Buffer.compare(input.body, body)).toBe(0)
  })

  it('stops reading a body that is too large, and goes on answering', async () => {
    const { sdk, send } = await open()
    const refused = await send(requestFor('google.save', { body: streamOf(257 * 1024) }))
    expect([refused.status, await refused.json()]).toEqual([413, expect.objectContaining({ code: 'payload_too_large' })])
    expect(sdk.calls).toEqual([])
    expect((await send(requestFor('google.status'))).status).toBe(200)
  })

  it('leaves the host’s own routes alone, with their bodies', async () => {
    const { sdk, send } = await open()
    const response = await send(new Request('https://app.example.com/users', { method: 'POST', body: 'x' }))
    expect(response.status).toBe(name === 'hono' || name.endsWith('next') ? 418 : 404)
    expect(sdk.calls).toEqual([])
  })

  it('describes itself', async () => {
    const { send } = await open()
    expect(await (await send(new Request('https://app.example.com/api/tenantry/openapi.json'))).json()).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/),
    })
  })
})

describe('on a real port', () => {
  /** Writes to a socket as it is, and reads until the server is silent or closes. */
  const write = (port: number, text: string, { abort = false } = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      let heard = ''
      socket.setTimeout(300, () => socket.destroy())
      socket.on('data', (chunk) => (heard += chunk.toString()))
      socket.on('error', reject)
      socket.on('close', () => resolve(heard))
      socket.write(text, () => abort && socket.destroy())
    })

  const start = async (next?: () => void) => {
    const sdk = createRecordingSdk()
    const handler = createNodeHandler(sdk, { identify: signInByCookie })
    const port = await listen(
      (request, response) => void handler(request, response, next && (() => (next(), response.writeHead(418).end()))),
    )
    return { sdk, port }
  }

  const json = JSON.stringify(inputOf('connections.connect'))
  const head =
    'POST /api/tenantry/connections HTTP/1.1\r\nhost: app.example.com\r\norigin: https://app.example.com\r\ncookie: session=dana\r\ncontent-type: application/json\r\n'

  it('does nothing with a request whose client goes away in the middle, and lives on', async () => {
    const { sdk, port } = await start()
    await write(port, `${head}content-length: ${json.length + 1}\r\n\r\n${json}`, { abort: true })
    await write(port, `${head}transfer-encoding: chunked\r\n\r\n${json.length.toString(16)}\r\n${json}\r\n`, { abort: true })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sdk.calls).toEqual([])
    expect((await over(port)(requestFor('google.status'))).status).toBe(200)
  })

  it('answers nothing whose body a parser read before as if it had been done', async () => {
    const sdk = createRecordingSdk()
    const handler = createNodeHandler(sdk, { identify: signInByCookie })
    const port = await listen((request, response) => void request.resume().once('end', () => void handler(request, response)))
    const push = 'POST /api/email/webhooks/google/k-1 HTTP/1.1\r\nhost: app.example.com\r\n'
    for (const start of [head, push]) {
      const heard = await write(port, `${start}connection: close\r\ncontent-length: ${json.length}\r\n\r\n${json}`)
      expect(heard).toMatch(/^HTTP\/1\.1 500 /)
    }
    expect(sdk.calls).toEqual([])
  })

  it('believes no Host, no forwarded header and no absolute target', async () => {
    const { sdk, port } = await start()
    const hostile = head.replace(
      'host: app.example.com',
      'host: evil.test\r\nx-forwarded-host: evil.test\r\nx-forwarded-proto: http\r\nforwarded: host=evil.test',
    )
    const heard = await write(port, `${hostile}connection: close\r\ncontent-length: ${json.length}\r\n\r\n${json}`)
    expect(heard).toMatch(/^HTTP\/1\.1 200 /)
    expect(heard).not.toContain('evil.test')
    expect(sdk.calls[0]?.input).toMatchObject({ openerOrigin: 'https://app.example.com' })
  })

  it.each(['//evil.test/api/tenantry/google', '/\\evil.test', '*', 'http://evil.test/users', '/%', '/users?a=/api/tenantry/google'])(
    'passes the target %s on',
    async (target) => {
      let passed = 0
      const { sdk, port } = await start(() => (passed += 1))
      expect(await write(port, `OPTIONS ${target} HTTP/1.1\r\nhost: app.example.com\r\nconnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 418 /,
      )
      expect([passed, sdk.calls]).toEqual([1, []])
    },
  )
})
