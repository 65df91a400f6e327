import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createManualClock } from '../testing/index.ts'
import { revealSecret, Secret } from '../model/index.ts'
import type { Fetch } from '../ports/index.ts'
import { exchangeCode, probeApp, refreshGrant, revokeToken } from './token-client.ts'

const endpoints = {
  issuer: 'https://accounts.example.com',
  authorization: 'https://accounts.example.com/auth',
  token: 'https://accounts.example.com/token',
  revocation: 'https://accounts.example.com/revoke',
  jwks: 'https://accounts.example.com/certs',
}
const app = {
  clientId: '123456-abc.apps.googleusercontent.com',
  clientSecret: new Secret('EXAMPLE_client_secret'),
  version: 'v1',
  endpoints,
}
const refreshToken = new Secret('EXAMPLE_refresh_token')
const clock = createManualClock()
const good = { access_token: 'EXAMPLE_access', expires_in: 3599, token_type: 'Bearer', scope: 'openid' }

const refresh = (fetch: Fetch) => refreshGrant({ fetch, clock }, { vendor: 'google', app, refreshToken, scope: undefined })
const answer =
  (body: unknown, init: ResponseInit = {}): Fetch =>
  async () =>
    Response.json(body, init)

/** What a call failed with. */
async function failureOf(call: Promise<unknown>): Promise<Error> {
  const failure: unknown = await call.then(
    () => 'it did not fail',
    (error: unknown) => error,
  )
  if (!(failure instanceof Error)) throw new TypeError(String(failure))
  return failure
}

/** A fetch whose answer never ends by itself; it heeds the signal only when told to. */
function createEndless(heedsSignal: boolean, respond: (signal: AbortSignal) => Response | Promise<Response>): Fetch {
  return (request) =>
    new Promise((resolve, reject) => {
      if (heedsSignal) request.signal.addEventListener('abort', () => reject(request.signal.reason))
      void Promise.resolve(respond(request.signal)).then(resolve)
    })
}

describe('a token request', () => {
  it('goes once to the one address, with everything in its body', async () => {
    const requests: Request[] = []
    const grant = await exchangeCode(
      {
        clock,
        fetch: async (request) => {
          requests.push(request.clone())
          return Response.json({ ...good, refresh_token: 'EXAMPLE_refresh', id_token: 'EXAMPLE_id', refresh_token_expires_in: 60 })
        },
      },
      {
        vendor: 'google',
        app,
        scope: undefined,
        code: 'EXAMPLE_code',
        redirectUri: 'https://app.example.com/cb',
        verifier: new Secret('EXAMPLE_verifier'),
      },
    )
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ method: 'POST', url: endpoints.token, redirect: 'manual' })
    expect(Object.fromEntries(new URLSearchParams(await requests[0]?.text()))).toEqual({
      grant_type: 'authorization_code',
      code: 'EXAMPLE_code',
      redirect_uri: 'https://app.example.com/cb',
      code_verifier: 'EXAMPLE_verifier',
      client_id: app.clientId,
      client_secret: 'EXAMPLE_client_secret',
    })
    expect(revealSecret(grant.accessToken)).toBe('EXAMPLE_access')
    expect(grant).toMatchObject({ expiresAt: clock.now() + 3_599_000, refreshExpiresAt: clock.now() + 60_000, scope: 'openid' })
    expect(inspect(grant, { depth: 9, showHidden: true }) + JSON.stringify(grant)).not.toContain('EXAMPLE_')
  })

  it('says null for what did not come', async () => {
    expect(await refresh(answer({ ...good, scope: undefined }))).toMatchObject({
      refreshToken: null,
      idToken: null,
      refreshExpiresAt: null,
      scope: '',
    })
  })

  it.each([301, 302, 303, 307, 308])('does not follow a redirect with %i, so no secret goes elsewhere', async (status) => {
    const urls: string[] = []
    const failure = await failureOf(
      refresh(async (request) => {
        urls.push(request.url)
        return new Response(null, { status, headers: { location: 'https://evil.test/token' } })
      }),
    )
    expect(failure).toMatchObject({ operation: 'oauth.refresh', httpStatus: 0, reason: undefined })
    expect(urls).toEqual([endpoints.token])
  })

  it.each<[string, unknown, ResponseInit]>([
    ['no access token', { ...good, access_token: undefined }, {}],
    ['an empty access token', { ...good, access_token: '' }, {}],
    ['an access token that is a number', { ...good, access_token: 5 }, {}],
    ['an access token of 17 kB', { ...good, access_token: 'x'.repeat(17_000) }, {}],
    ['no lifetime', { ...good, expires_in: undefined }, {}],
    ['a lifetime as text', { ...good, expires_in: '3599' }, {}],
    ['a negative lifetime', { ...good, expires_in: -1 }, {}],
    ['another token type', { ...good, token_type: 'mac' }, {}],
    ['no token type', { ...good, token_type: undefined }, {}],
    ['a refresh token that is an object', { ...good, refresh_token: {} }, {}],
    ['a list', [good], {}],
    ['null', null, {}],
    ['a good grant with status 500', good, { status: 500 }],
    ['a good grant with status 206', good, { status: 206 }],
    ['an error with status 200', { error: 'invalid_grant' }, {}],
    ['a grant that says it is a page', good, { headers: { 'content-type': 'text/html' } }],
  ])('takes %s for no answer, which says nothing about the grant', async (_, body, init) => {
    const failure = await failureOf(refresh(answer(body, init)))
    expect(failure).toMatchObject({ operation: 'oauth.refresh', reason: undefined })
    const { httpStatus } = failure as Error & { httpStatus: number }
    expect(httpStatus === 0 || httpStatus >= 500 || httpStatus === 206).toBe(true)
  })

  it('takes an HTML page with status 200 for no answer', async () => {
    const page = async () => new Response('<html>EXAMPLE_page</html>', { headers: { 'content-type': 'text/html' } })
    expect(await failureOf(refresh(page))).toMatchObject({ httpStatus: 0, reason: undefined })
  })

  it('believes an OAuth error only with a 4xx', async () => {
    for (const status of [500, 502, 503, 504]) {
      expect(await failureOf(refresh(answer({ error: 'invalid_grant' }, { status })))).toMatchObject({
        httpStatus: status,
        reason: undefined,
      })
    }
    expect(await failureOf(refresh(answer({ error: 'invalid_grant' }, { status: 400 })))).toMatchObject({
      httpStatus: 400,
      reason: 'invalid_grant',
    })
    expect(await failureOf(refresh(answer({ error: 'invalid_grant', error_subtype: 5 }, { status: 400 })))).toMatchObject({
      reason: 'invalid_grant',
    })
  })

  it.each([
    ['the trace', { trace_id: 'trace-1', correlation_id: 'correlation-1' }, 400, 'trace-1'],
    ['else the correlation', { trace_id: 5, correlation_id: 'correlation-1' }, 400, 'correlation-1'],
    ['also of a server in trouble', { trace_id: 'trace-1' }, 503, 'trace-1'],
    ['nothing that is no id', { trace_id: 'EXAMPLE_sentence of an answer' }, 400, undefined],
    ['nothing where none came', {}, 400, undefined],
  ])('names the request as Entra does: %s', async (_, ids, status, requestId) => {
    const failure = await failureOf(refresh(answer({ error: 'invalid_grant', ...ids }, { status })))
    expect(failure).toMatchObject({ httpStatus: status, requestId })
    expect(inspect(failure, { showHidden: true })).not.toContain('EXAMPLE_')
  })

  it('passes on how long to wait', async () => {
    const wait = (value: string) => answer({ error: 'rate_limited' }, { status: 429, headers: { 'retry-after': value } })
    expect(await failureOf(refresh(wait('30')))).toMatchObject({ httpStatus: 429, retryAfterMs: 30_000 })
    expect(await failureOf(refresh(wait(new Date(clock.now() + 45_000).toUTCString())))).toMatchObject({ retryAfterMs: 45_000 })
  })

  it('stops reading at 64 KiB of an endless body, and hangs up', async () => {
    let sent = 0
    let hungUp = false
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384
        controller.enqueue(new Uint8Array(16_384).fill(32))
      },
      cancel() {
        hungUp = true
      },
    })
    expect(await failureOf(refresh(async () => new Response(body, { headers: { 'content-type': 'application/json' } })))).toMatchObject({
      httpStatus: 0,
    })
    expect(sent).toBeLessThan(160_000)
    expect(hungUp).toBe(true)
  })

  it('does not repeat itself when the connection breaks', async () => {
    let calls = 0
    const failure = await failureOf(
      refresh(async () => {
        calls += 1
        throw new TypeError('EXAMPLE_refresh_token could not be sent')
      }),
    )
    expect(failure).toMatchObject({ operation: 'oauth.refresh', httpStatus: 0, reason: undefined })
    expect(calls).toBe(1)
    expect(inspect(failure, { depth: 9 })).not.toContain('EXAMPLE_')
  })
})

describe('the deadline of 10 seconds', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const silent = () => new Promise<Response>(() => undefined)
  const dripping = (signal: AbortSignal) =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          const timer = setInterval(() => controller.enqueue(new Uint8Array([32])), 1_000)
          signal.addEventListener('abort', () => clearInterval(timer))
        },
      }),
      { headers: { 'content-type': 'application/json' } },
    )

  it.each([
    ['silence', true, silent],
    ['silence that does not heed the signal', false, silent],
    ['a body that drips', true, dripping],
    ['a body that drips and does not heed the signal', false, dripping],
  ])('ends %s', async (_, heedsSignal, respond) => {
    const failure = failureOf(refresh(createEndless(heedsSignal, respond)))
    let ended = false
    void failure.then(() => (ended = true))
    await vi.advanceTimersByTimeAsync(9_999)
    expect(ended).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await failure).toMatchObject({ operation: 'oauth.refresh', httpStatus: 0, reason: undefined })
  })

  it('leaves no timer behind when the answer came', async () => {
    await refresh(answer(good))
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('errors', () => {
  const echoes: [string, Fetch][] = [
    ['in its description', echo((sent) => ({ error: 'invalid_grant', error_description: sent }))],
    ['as its error', echo((sent) => ({ error: sent }))],
    ['as its subtype', echo((sent) => ({ error: 'invalid_grant', error_subtype: sent }))],
    ['in other fields', echo((sent) => ({ error: 'invalid_grant', [sent]: sent }))],
    ['as text', async (request) => new Response(await request.text(), { status: 400 })],
  ]

  it.each(echoes)('carry no secret when the server repeats the request %s', async (_, fetch) => {
    for (const call of [
      refresh(fetch),
      revokeToken({ fetch, clock }, { endpoints, vendor: 'google', token: refreshToken }),
      probeApp({ fetch, clock }, { vendor: 'google', app, redirectUri: 'https://app.example.com/cb' }),
    ]) {
      const failure: unknown = await call.then(
        () => null,
        (error: unknown) => error,
      )
      const seen = [
        String(failure),
        inspect(failure, { depth: 9, showHidden: true }),
        JSON.stringify(failure),
        failure instanceof Error ? `${failure.stack}` : '',
      ]
      expect(seen.join('\n')).not.toContain('EXAMPLE_')
    }
  })

  function echo(write: (sent: string) => object): Fetch {
    return async (request) => Response.json(write(await request.text()), { status: 400 })
  }
})

describe('revoking', () => {
  const revoke = (fetch: Fetch) => revokeToken({ fetch, clock }, { endpoints, vendor: 'google', token: refreshToken })

  it('sends the token in the body and never in the address', async () => {
    const requests: Request[] = []
    await revoke(async (request) => {
      requests.push(request.clone())
      return new Response(null, { status: 200 })
    })
    expect(requests.map(({ url }) => url)).toEqual([endpoints.revocation])
    expect(await requests[0]?.text()).toBe('token=EXAMPLE_refresh_token')
  })

  it('counts a token that the vendor no longer knows as revoked', async () => {
    await expect(revoke(answer({ error: 'invalid_token' }, { status: 400 }))).resolves.toBeUndefined()
  })

  it.each<[string, Fetch]>([
    ['another refusal', answer({ error: 'invalid_request' }, { status: 400 })],
    ['invalid_token with another status', answer({ error: 'invalid_token' }, { status: 503 })],
    ['a server error', answer({}, { status: 500 })],
    ['no content', async () => new Response(null, { status: 204 })],
    ['a redirect', async () => Response.redirect('https://evil.test')],
  ])('does not count %s as revoked', async (_, fetch) => {
    await expect(revoke(fetch)).rejects.toThrow()
  })
})

describe('probing an app', () => {
  const probe = (fetch: Fetch) => probeApp({ fetch, clock }, { vendor: 'google', app, redirectUri: 'https://app.example.com/cb' })

  it('is content when only the made-up code is refused', async () => {
    await expect(probe(answer({ error: 'invalid_grant' }, { status: 400 }))).resolves.toBeUndefined()
  })

  it.each([
    [401, 'invalid_client'],
    [400, 'redirect_uri_mismatch'],
    [400, 'unauthorized_client'],
  ])('passes on %i %s', async (status, error) => {
    expect(await failureOf(probe(answer({ error }, { status })))).toMatchObject({
      operation: 'oauth.probe',
      httpStatus: status,
      reason: error,
    })
  })

  it('does not take a broken server for a good app', async () => {
    expect(await failureOf(probe(answer({ error: 'invalid_grant' }, { status: 500 })))).toMatchObject({
      httpStatus: 500,
      reason: undefined,
    })
  })
})
