// @vitest-environment jsdom
import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { CallbackInput, CompletedFlow } from '@tenantry/sdk'
import { errorCodes, failures, fillWords, TenantryError } from '@tenantry/sdk/errors'
import { signInFailuresDe } from '@tenantry/sdk/errors/de'
import { createSilentLogger } from '@tenantry/sdk/testing'
import { createHandler } from './index.ts'
import type { HandlerOptions } from './index.ts'
import { createRecordingSdk } from './testing/recording-sdk.ts'
import type { RecordingSdkOptions } from './testing/recording-sdk.ts'
import { dana, signInByCookie } from './testing/sign-in-by-cookie.ts'

const address = 'https://app.example.com/api/auth/google/callback'

async function visit(options: RecordingSdkOptions & Partial<HandlerOptions> & { query?: string; headers?: Record<string, string> } = {}) {
  const { query = '?state=s&code=EXAMPLE_code', headers = {}, ...rest } = options
  const sdk = createRecordingSdk(rest)
  const logger = createSilentLogger()
  const handler = createHandler(sdk, { identify: signInByCookie, logger, ...rest })
  const response = await handler(
    new Request(address + query, { headers: { cookie: 'session=dana; __Host-tn_f1=EXAMPLE_binding', ...headers } }),
  )
  const html = await response.text()
  return { sdk, logger, response, html, page: new DOMParser().parseFromString(html, 'text/html') }
}

const failed = (code: CompletedFlow['code'], more: Partial<CompletedFlow> = {}): Partial<CompletedFlow> => ({
  outcome: 'failed',
  code,
  ...more,
})

const nowhere: Partial<CompletedFlow> = failed('state_invalid', {
  flowId: null,
  connectionId: null,
  openerOrigin: null,
  returnTo: null,
  clearCookie: null,
})

/** Runs the page's script as a browser would, in a window that notes what is done to it. */
function run(page: Document, { hasOpener = true, broken = false } = {}) {
  const refuse = () => {
    throw new DOMException('closed', 'SecurityError')
  }
  const opener = { postMessage: vi.fn<(message: unknown, origin: string) => void>(broken ? refuse : undefined) }
  const window = { opener: hasOpener ? opener : null, close: vi.fn<() => void>() }
  const broadcast = vi.fn<(channel: string, message: unknown) => void>()
  class Channel {
    readonly name: string
    constructor(name: string) {
      if (broken) refuse()
      this.name = name
    }
    postMessage(message: unknown) {
      broadcast(this.name, message)
    }
    close() {}
  }
  const localStorage = {
    setItem: vi.fn<(key: string, value: string) => void>(broken ? refuse : undefined),
    removeItem: vi.fn<(key: string) => void>(),
  }
  const location = { replace: vi.fn<(url: string) => void>() }
  const source = page.querySelector('script:not([type])')?.textContent ?? ''
  new Function('document', 'window', 'BroadcastChannel', 'localStorage', 'location', source)(page, window, Channel, localStorage, location)
  return { opener, window, broadcast, localStorage, location }
}

describe('the way in', () => {
  it('hands path, parameters, cookies and session to the sdk, and sets the cookie that it is given', async () => {
    const { sdk, response } = await visit()
    const input = sdk.lastInput<CallbackInput>()
    expect(input).toMatchObject({ callbackPath: '/api/auth/google/callback', principal: dana })
    expect([...input.params]).toEqual([
      ['state', 's'],
      ['code', 'EXAMPLE_code'],
    ])
    expect(input.cookie('__Host-tn_f1')).toBe('EXAMPLE_binding')
    expect(response.headers.getSetCookie()).toEqual(['__Host-tn_f1=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure'])
  })

  it('reads exactly the cookie that is meant', async () => {
    const { sdk } = await visit({
      headers: { cookie: 'session=dana; a=1=2; empty=; bare; twice=1; twice=2; x-tn=no; tn=a b ;tn2=no;__proto__=p' },
    })
    const { cookie } = sdk.lastInput<CallbackInput>()
    expect(['a', 'empty', 'bare', 'twice', 'tn', 'n', '', 'toString', '__proto__'].map((name) => cookie(name))).toEqual([
      '1=2',
      '',
      '',
      undefined,
      'a b',
      undefined,
      undefined,
      undefined,
      'p',
    ])
  })

  it('hands nobody on when nobody is signed in; the sdk decides', async () => {
    const { sdk } = await visit({ headers: { cookie: 'other=1' } })
    expect(sdk.calls[0]?.input).toMatchObject({ principal: null })
  })

  it.each(['HEAD', 'POST', 'OPTIONS', 'DELETE'])('does not spend a flow on %s', async (method) => {
    const sdk = createRecordingSdk()
    const response = await createHandler(sdk, { identify: signInByCookie })(new Request(`${address}?state=s&code=c`, { method }))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
    expect(sdk.calls).toEqual([])
  })

  it('keeps the flow for a reload while the session store is down', async () => {
    const { sdk, response, page } = await visit({ identify: () => Promise.reject(new Error('EXAMPLE_store')) })
    expect(sdk.calls).toEqual([])
    expect(response.status).toBe(503)
    expect(page.querySelector('h1')?.textContent).toBe(failures.unavailable.title)
  })

  it.each([
    [new Error('EXAMPLE_token'), 'internal'],
    [new TenantryError('unavailable'), 'unavailable'],
  ] as const)('says on the page that the sdk failed: %s', async (failure, code) => {
    const { logger, response, html, page } = await visit({ failure })
    expect(response.status).toBe(failures[code].httpStatus)
    expect(page.querySelector('h1')?.textContent).toBe(failures[code].title)
    expect(html + JSON.stringify(logger.lines)).not.toContain('EXAMPLE_')
    expect(logger.lines).toContainEqual(expect.objectContaining({ level: 'error', fields: expect.objectContaining({ code }) }))
  })
})

describe('an approval by its link, outside of a sign-in', () => {
  it.each([
    ['en', 'Approved'],
    ['de', 'Genehmigt'],
  ])('says so in %s, and reaches nothing', async (language, title) => {
    const query = '?admin_consent=True&tenant=EXAMPLE_directory&scope=EXAMPLE_scope'
    const { sdk, response, html, page } = await visit({ query, headers: { 'accept-language': language } })
    expect(response.status).toBe(200)
    expect(page.title).toBe(title)
    expect(sdk.calls).toEqual([])
    expect([html.includes('EXAMPLE'), response.headers.has('set-cookie')]).toEqual([false, false])
  })

  it.each(['?admin_consent=True&state=s', '?admin_consent=True&code=EXAMPLE_code', '?admin_consent=False', '?admin_consent=True&error=x'])(
    'is not %s',
    async (query) => {
      const { sdk } = await visit({ query })
      expect(sdk.calls).toHaveLength(1)
    },
  )
})

describe('the page', () => {
  it('is guarded by headers', async () => {
    const { response } = await visit()
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    // Isolation would cut the opener off.
    expect(response.headers.has('cross-origin-opener-policy')).toBe(false)
  })

  it.each([{}, failed('account_mismatch', { values: { expected: 'a', actual: 'b' } }), nowhere])(
    'has one script and one style, whose hashes the policy names: %j',
    async (completed) => {
      const { response, page } = await visit({ completed })
      const source = (text: string | null | undefined) =>
        `'sha256-${createHash('sha256')
          .update(text ?? '')
          .digest('base64')}'`
      const script = source(page.querySelector('script:not([type])')?.textContent)
      const style = source(page.querySelector('style')?.textContent)
      expect(response.headers.get('content-security-policy')).toBe(
        `default-src 'none'; script-src ${script}; style-src ${style}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      )
      expect(page.querySelectorAll('script')).toHaveLength(2)
      expect(page.querySelectorAll('style, link, img, iframe, form, base, [style], [onload], [onclick]')).toHaveLength(1)
    },
  )

  it('tells that it worked, and leads back without a script', async () => {
    const { response, page } = await visit()
    expect(response.status).toBe(200)
    expect(page.querySelector('h1')?.textContent).toBe('Connected')
    expect(page.querySelector('a')?.getAttribute('href')).toBe('https://app.example.com/settings?tab=mail&tn_flow=f-1&tn_outcome=connected')
    expect(page.querySelector('a')?.textContent).toBe('Back to the settings')
  })

  it.each(errorCodes)('says %s in our words, English and German', async (code) => {
    const { title, detail, remedy } = failures[code]
    const values = Object.fromEntries([...`${title} ${detail} ${remedy}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'value']))
    const { response, page } = await visit({ completed: failed(code, { values }) })
    expect(response.status).toBe(failures[code].httpStatus)
    expect(page.documentElement.lang).toBe('en')
    expect(page.title).toBe(title.replaceAll(/\{\w+\}/g, 'value'))
    const german = (await visit({ completed: failed(code, { values }), headers: { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' } })).page
    expect(german.title !== page.title).toBe(german.documentElement.lang === 'de')
    expect(`${page.body.textContent}${german.body.textContent}`).not.toContain('…')
  })

  it.each([
    ['de', 'de', 'Verbunden'],
    ['DE-ch', 'de', 'Verbunden'],
    ['fr, de;q=0.9, en;q=0.8', 'de', 'Verbunden'],
    ['en;q=0.5, de;q=0.7', 'de', 'Verbunden'],
    ['en, de;q=0.9', 'en', 'Connected'],
    ['en, de', 'en', 'Connected'],
    ['de;q=0, en;q=0.1', 'en', 'Connected'],
    ['den', 'en', 'Connected'],
    ['fr', 'en', 'Connected'],
    [',;q=,,*', 'en', 'Connected'],
  ])('for %j is in %s', async (language, lang, title) => {
    const { response, page } = await visit({ headers: { 'accept-language': language } })
    expect([page.documentElement.lang, page.title, response.headers.get('content-language')]).toEqual([lang, title, lang])
  })

  it.each([
    ['not_found', 'Laden Sie die Einstellungsseite neu.', 'Laden Sie die Seite neu.'],
    ['conflict', 'Beginnen Sie erneut auf der Einstellungsseite.', 'Ihr Text bleibt'],
    ['internal', 'Versuchen Sie es erneut.', 'Referenz'],
    ['provider_unavailable', 'Versuchen Sie es erneut.', 'von selbst'],
    ['throttled', 'Warten Sie.', 'von selbst'],
  ] as const)('says of %s in German what helps after a sign-in', async (code, helps, misleads) => {
    const { page } = await visit({ completed: failed(code), headers: { 'accept-language': 'de' } })
    expect(page.body.textContent).toContain(helps)
    expect(page.body.textContent).not.toContain(misleads)
    expect(page.title).toBe(fillWords(signInFailuresDe[code].title))
  })

  it.each([
    ['not_found', 'Reload the settings page.', 'Reload the page.'],
    ['conflict', 'Begin again on the settings page.', 'Your text stays'],
    ['internal', 'Try again.', 'reference'],
    ['provider_unavailable', 'Try again.', 'by itself'],
    ['throttled', 'Wait.', 'by itself'],
  ] as const)('says of %s in English what helps after a sign-in', async (code, helps, misleads) => {
    const { page } = await visit({ completed: failed(code) })
    expect(page.body.textContent).toContain(helps)
    expect(page.body.textContent).not.toContain(misleads)
    expect(page.title).toBe(fillWords(failures[code].title))
  })

  it('has German words for whatever can end a sign-in', async () => {
    const endings = [
      'state_invalid',
      'state_expired',
      'state_used',
      'browser_mismatch',
      'session_mismatch',
      'issuer_mismatch',
      'access_denied',
      'admin_policy',
      'oauth_refused',
      'id_token_invalid',
      'insufficient_scope',
      'account_mismatch',
      'needs_consent',
      'connection_exists',
      'conflict',
      'forbidden',
      'not_found',
      'unavailable',
      'internal',
      'app_client_id_invalid',
      'app_secret_invalid',
      'app_unauthorized',
      'provider_unavailable',
      'google_not_configured',
      'secrets_unreadable',
    ] as const
    for (const code of endings)
      expect([code, (await visit({ completed: failed(code), headers: { 'accept-language': 'de' } })).page.documentElement.lang]).toEqual([
        code,
        'de',
      ])
  })
})

describe('what comes from outside', () => {
  const payloads = [
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '<svg/onload=alert(1)>',
    '\u2028alert(1)\u2029',
    '<!--<script>',
    '<!--<script x',
    '</script x',
    'javascript:alert(1)',
    '{{constructor}}',
    '&lt;b&gt;',
    '%3Cscript%3E',
    '\u0000<b>',
  ]

  it.each(['state', 'code', 'error', 'error_description', 'error_uri', 'scope', 'hd', 'authuser', 'iss', 'prompt', 'x'])(
    'as %s is written nowhere',
    async (name) => {
      for (const completed of [{}, failed('access_denied'), nowhere]) {
        const plain = await visit({ completed })
        for (const payload of payloads) {
          const { html, response } = await visit({ completed, query: `?${new URLSearchParams({ [name]: `EXAMPLE_${payload}` })}` })
          expect(html).toBe(plain.html)
          expect([...response.headers]).toEqual([...plain.response.headers])
        }
      }
    },
  )

  it.each(payloads)('through the store stays text: %j', async (payload) => {
    const completed = failed('account_mismatch', {
      flowId: payload,
      values: { expected: payload, actual: payload },
      openerOrigin: payload,
      returnTo: `https://app.example.com/settings?${payload}#${payload}`,
    })
    const { page } = await visit({ completed })
    const plain = (await visit({ completed: failed('account_mismatch', { values: { expected: 'a', actual: 'b' } }) })).page
    const shape = (of: Document) =>
      [...of.querySelectorAll('*')].map((element) => `${element.tagName} ${element.getAttributeNames().join()}`)
    expect(shape(page)).toEqual(shape(plain))
    expect(page.querySelector('script:not([type])')?.textContent).toBe(plain.querySelector('script:not([type])')?.textContent)
    expect(page.querySelector('a')?.getAttribute('href')).toMatch(/^https:\/\/app\.example\.com\/settings\?/)
    const { opener } = run(page)
    expect(opener.postMessage).toHaveBeenCalledWith(expect.objectContaining({ flowId: payload }), payload.replaceAll('\u0000', '\uFFFD'))
  })

  it.each([
    'https://evil.test/',
    'javascript:alert(1)',
    '//evil.test',
    'https://app.example.com@evil.test/',
    'data:text/html,x',
    'http://[',
  ])('never leads to %j, whatever the store says', async (returnTo) => {
    const { page } = await visit({ completed: { returnTo } })
    expect(page.querySelector('a')).toBeNull()
    expect(run(page, { hasOpener: false }).location.replace).not.toHaveBeenCalled()
  })
})

describe('the page’s script', () => {
  const message = { type: 'tenantry:flow', flowId: 'f-1', outcome: 'connected', code: null }

  it('tells the opener at exactly its origin and every page of ours, four fields and no more, and closes', async () => {
    const { page } = await visit({ completed: { openerOrigin: 'https://admin.example.com' } })
    const { opener, window, broadcast, localStorage, location } = run(page)
    expect(opener.postMessage.mock.calls).toEqual([[message, 'https://admin.example.com']])
    expect(broadcast.mock.calls).toEqual([['tn-oauth', message]])
    expect(localStorage.setItem.mock.calls).toEqual([['tn-oauth', JSON.stringify(message)]])
    expect(localStorage.removeItem.mock.calls).toEqual([['tn-oauth']])
    expect(window.close).toHaveBeenCalledTimes(1)
    expect(location.replace).not.toHaveBeenCalled()
  })

  it('goes back when there is no opener', async () => {
    const { page } = await visit({ completed: failed('access_denied') })
    const { window, broadcast, location } = run(page, { hasOpener: false })
    expect(broadcast).toHaveBeenCalledWith('tn-oauth', { ...message, outcome: 'failed', code: 'access_denied' })
    expect(location.replace.mock.calls).toEqual([['https://app.example.com/settings?tab=mail&tn_flow=f-1&tn_outcome=failed']])
    expect(window.close).not.toHaveBeenCalled()
  })

  it('stays to be read, and tells no opener, when nobody here started the flow', async () => {
    const { page } = await visit({ completed: nowhere })
    for (const hasOpener of [true, false]) {
      const { opener, window, location } = run(page, { hasOpener })
      expect(opener.postMessage).not.toHaveBeenCalled()
      expect(window.close).not.toHaveBeenCalled()
      expect(location.replace).not.toHaveBeenCalled()
    }
  })

  it('leaves even when every way to tell is closed', async () => {
    const { page } = await visit()
    expect(run(page, { broken: true }).window.close).toHaveBeenCalledTimes(1)
    expect(run(page, { broken: true, hasOpener: false }).location.replace).toHaveBeenCalledTimes(1)
  })
})
