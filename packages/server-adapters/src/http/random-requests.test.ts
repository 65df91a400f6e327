import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { TenantryError } from '@tenantry/sdk/errors'
import { createSilentLogger } from '@tenantry/sdk/testing'
import { operations, problemSchema } from '@tenantry/sdk/wire'
import type { Operation } from '@tenantry/sdk/wire'
import { createHandler } from './index.ts'
import { createRecordingSdk } from './testing/recording-sdk.ts'
import type { RecordedCall } from './testing/recording-sdk.ts'
import { operationIds } from './testing/requests.ts'
import { dana, signInByCookie } from './testing/sign-in-by-cookie.ts'

const paths = fc.oneof(
  fc.constantFrom(...operationIds.map((id) => `/api/tenantry${operations[id].path.replace(':id', 'c-1')}`)),
  fc.constantFrom(
    '/api/tenantry/openapi.json',
    '/api/auth/google/callback',
    '/api/email/webhooks/google/key',
    '/api/calendar/webhooks/google',
  ),
  fc
    .tuple(
      fc.constantFrom('/api/tenantry/connections/', '/api/email/webhooks/google/', '/api/tenantry/flows/', '/'),
      fc.string({ unit: 'binary', maxLength: 20 }),
    )
    .map(([start, rest]) => start + encodeURIComponent(rest)),
  fc.webPath(),
)

const query = fc.webQueryParameters().map((text) => (text === '' ? '' : `?${text}`))

// Half of them as a page of ours sends them, so that much gets past the first checks.
const proper = fc.constant({ cookie: 'session=dana', origin: 'https://app.example.com', 'content-type': 'application/json' })

const odd = fc.record(
  {
    cookie: fc.constantFrom('session=dana', 'session=erik', ';;=;', 'session'),
    origin: fc.constantFrom('https://app.example.com', 'https://evil.test', 'null', ''),
    'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain', ''),
    'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site'),
    'accept-language': fc.string({ unit: fc.constantFrom('d', 'e', '-', ',', ';', 'q', '=', '0', '.', '5', ' ') }),
    'content-length': fc.constantFrom('0', '-1', '999999999', 'x'),
  },
  { requiredKeys: [] },
)

const headers: fc.Arbitrary<Partial<Record<'cookie' | 'origin' | 'content-type' | 'sec-fetch-site', string>>> = fc.oneof(proper, odd)

const body = fc.oneof(
  fc.constantFrom('{}', '{"settings":{},"provider":"gmail"}', '{"credentials":"keep"}', '{"name":"x"}'),
  fc.json(),
  fc.string(),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
)

const failure = fc.constantFrom(
  undefined,
  new TenantryError('forbidden'),
  new TenantryError('unavailable', { retryAfterMs: 1 }),
  new Error('EXAMPLE_secret'),
  'EXAMPLE_text',
  null,
)

const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'X-ODD'),
  path: paths,
  query,
  headers,
  body,
  failure,
})

const changing = (verb: string): boolean => verb in operations && (operations as Record<string, Operation>)[verb]?.method !== 'GET'

type Sent = { readonly headers: Partial<Record<'cookie' | 'origin' | 'sec-fetch-site', string>> }

/** Whether the sdk may have been asked: pushes and callbacks prove themselves, the rest needs Dana's session and, to change something, our page. */
function mayAsk({ verb, input }: RecordedCall, { headers }: Sent): boolean {
  if (verb === 'push.receive' || verb === 'flows.complete') return true
  const fromOurPage =
    headers.origin === undefined ? headers['sec-fetch-site'] === 'same-origin' : headers.origin === 'https://app.example.com'
  return headers.cookie === 'session=dana' && (input as { principal: unknown }).principal === dana && (fromOurPage || !changing(verb))
}

/** Whether the answer is one of the handler's forms, and says what its headers say. */
function isWellFormed(response: Response, text: string): boolean {
  switch (response.headers.get('content-type')) {
    case 'application/problem+json':
      return problemSchema.parse(JSON.parse(text)).status === response.status
    case 'application/json':
      return typeof JSON.parse(text) === 'object' && response.status === 200
    case 'text/html; charset=utf-8':
      return response.headers.get('content-security-policy')?.startsWith("default-src 'none'") === true && text.endsWith('</html>\n')
    default:
      return text === '' && [200, 204, 405].includes(response.status)
  }
}

it('answers whatever comes, in its own form, and asks the sdk only for who may ask', async () => {
  const reached = new Set<string>()
  await fc.assert(
    fc.asyncProperty(requests, async (sent) => {
      const sdk = createRecordingSdk(sent.failure === undefined ? {} : { failure: sent.failure })
      const logger = createSilentLogger()
      const handler = createHandler(sdk, { identify: signInByCookie, logger })
      const hasBody = !['GET', 'HEAD'].includes(sent.method)
      const response = await handler(
        new Request(`https://app.example.com${sent.path}${sent.query}`, {
          method: sent.method,
          headers: sent.headers,
          ...(hasBody && { body: sent.body }),
        }),
      )
      const text = await response.text()
      expect(isWellFormed(response, text)).toBe(true)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(text + JSON.stringify(logger.lines)).not.toContain('EXAMPLE_')
      expect(sdk.calls.length).toBeLessThanOrEqual(1)
      expect(sdk.calls.filter((call) => !mayAsk(call, sent))).toEqual([])
      for (const { verb } of sdk.calls) reached.add(verb)
    }),
    { numRuns: 3000, seed: 20261121 },
  )
  // The property says nothing when nothing gets through.
  expect([...reached]).toEqual(expect.arrayContaining(['push.receive', 'flows.complete', 'google.status', 'connections.list']))
  expect([...reached].some(changing)).toBe(true)
})
