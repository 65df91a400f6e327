import { describe, expect, it } from 'vitest'
import type { ReceiveInput } from '@tenantry/sdk'
import { TenantryError } from '@tenantry/sdk/errors'
import { createSilentLogger } from '@tenantry/sdk/testing'
import { createHandler } from './index.ts'
import { createRecordingSdk } from './testing/recording-sdk.ts'
import type { RecordingSdkOptions } from './testing/recording-sdk.ts'
import { streamOf } from './testing/requests.ts'

const gmail = 'https://app.example.com/api/email/webhooks/google/k_-9'
const calendar = 'https://app.example.com/api/calendar/webhooks/google'
const cap = 256 * 1024

function open(options: RecordingSdkOptions = {}) {
  const sdk = createRecordingSdk(options)
  const logger = createSilentLogger()
  const identify = () => {
    throw new Error('a push has no session')
  }
  return { sdk, logger, handler: createHandler(sdk, { identify, logger }) }
}

const push = (url: string, init: RequestInit = {}) => new Request(url, { method: 'POST', ...init })

describe.each([
  ['Gmail', gmail, '/api/email/webhooks/google', 'k_-9'],
  ['Calendar', calendar, '/api/calendar/webhooks/google', ''],
])('a push for %s', (_, url, path, key) => {
  it('reaches the sdk byte for byte, without session or origin, and is acknowledged', async () => {
    const { sdk, handler } = open()
    const body = new Uint8Array([0, 255, 123, 13, 10])
    const response = await handler(
      push(url, {
        body,
        headers: { authorization: 'Bearer EXAMPLE_jwt', 'x-goog-channel-token': 'EXAMPLE_token', origin: 'https://evil.test' },
      }),
    )
    expect([response.status, await response.text()]).toEqual([204, ''])
    const { headers, query, ...input } = sdk.lastInput<ReceiveInput>()
    expect(input).toEqual({ path, key, body })
    expect([...(query ?? [])]).toEqual([])
    expect([headers.get('authorization'), headers.get('x-goog-channel-token')]).toEqual(['Bearer EXAMPLE_jwt', 'EXAMPLE_token'])
    expect(sdk.calls).toHaveLength(1)
  })

  it('answers a vendor that only asks, as text and nothing else', async () => {
    const { sdk, handler } = open({ received: { answer: 'EXAMPLE <b>word</b>' } })
    const response = await handler(push(`${url}?validationToken=EXAMPLE%20word`))
    expect([response.status, await response.text()]).toEqual([200, 'EXAMPLE <b>word</b>'])
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(sdk.lastInput<ReceiveInput>().query?.get('validationToken')).toBe('EXAMPLE word')
  })

  it('may be empty', async () => {
    const { sdk, handler } = open()
    expect((await handler(push(url))).status).toBe(204)
    expect(sdk.calls[0]?.input).toMatchObject({ body: new Uint8Array() })
  })

  it.each([
    ['push_unauthenticated', 401],
    ['unavailable', 503],
    ['not_found', 404],
    ['payload_too_large', 413],
  ] as const)('that fails with %s is answered with %i', async (code, status) => {
    const response = await open({ failure: new TenantryError(code) }).handler(push(url, { body: 'EXAMPLE_body' }))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ code, status })
  })

  it('that crashes says nothing of it, and will come again', async () => {
    const { handler, logger } = open({ failure: new Error('EXAMPLE_cause') })
    const response = await handler(push(url, { body: 'EXAMPLE_body' }))
    expect(response.status).toBe(500)
    expect((await response.text()) + JSON.stringify(logger.lines)).not.toContain('EXAMPLE_')
  })

  it.each([
    ['in one piece', () => ({ body: new Uint8Array(cap + 1) })],
    ['in many', () => ({ body: streamOf(cap + 1), duplex: 'half' })],
    ['under a small length', () => ({ body: streamOf(40 * cap), duplex: 'half', headers: { 'content-length': '5' } })],
  ])('that is too large is refused before the sdk sees it, %s', async (_, init) => {
    const { sdk, handler } = open()
    expect((await handler(push(url, init() as RequestInit))).status).toBe(413)
    expect(sdk.calls).toEqual([])
  })

  it('may be as large as the limit', async () => {
    const { sdk, handler } = open()
    expect((await handler(push(url, { body: new Uint8Array(cap) }))).status).toBe(204)
    expect(sdk.calls).toHaveLength(1)
  })

  it('is not decompressed, so that a small body stays small', async () => {
    const { sdk, handler } = open()
    await handler(push(url, { body: new Uint8Array([31, 139, 8]), headers: { 'content-encoding': 'gzip' } }))
    expect(sdk.calls[0]?.input).toMatchObject({ body: new Uint8Array([31, 139, 8]) })
  })

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('is no %s', async (method) => {
    const { sdk, handler } = open()
    const response = await handler(new Request(url, { method }))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(sdk.calls).toEqual([])
  })
})

it.each(['a/b', 'a%2Fb', '%00', 'a'.repeat(201), '.'.repeat(3)])('no push key is like %j', async (key) => {
  const { sdk, handler } = open()
  expect((await handler(push(`https://app.example.com/api/email/webhooks/google/${key}`))).status).toBe(404)
  expect(sdk.calls).toEqual([])
})
