import type { CallFault } from '@tenantry/sandbox'

/** One answer to a refresh. */
export interface TokenAnswer {
  readonly name: string
  /** What the sandbox does instead of answering well. */
  readonly fault?: Omit<CallFault, 'operation' | 'times'>
  /** What `fetch` itself rejects with. */
  readonly reject?: unknown
}

const json = 'application/json; charset=utf-8'
const answer = (name: string, status: number, body: unknown, more: Partial<CallFault> = {}): TokenAnswer => ({
  name,
  fault: { kind: 'body', status, body: typeof body === 'string' ? body : JSON.stringify(body), contentType: json, ...more },
})
const bytes = (name: string, body: Uint8Array): TokenAnswer => ({ name, fault: { kind: 'body', body, contentType: json } })
const fields = (name: string, changed: Record<string, unknown>): TokenAnswer => ({ name, fault: { kind: 'rewrite', fields: changed } })
const without = (...omit: string[]): TokenAnswer => ({ name: `no ${omit.join(' and no ')}`, fault: { kind: 'rewrite', omit } })
const broken = (name: string, code: string): TokenAnswer => ({
  name,
  reject: new TypeError('fetch failed', { cause: Object.assign(new Error(`EXAMPLE ${code}`), { code }) }),
})
const page = '<!doctype html><title>Sorry</title>'
const good = { access_token: 'EXAMPLE_access', expires_in: 3599, token_type: 'Bearer' }
const goodText = JSON.stringify(good)
const encode = (text: string) => new TextEncoder().encode(text)

/** Say nothing about the grant or the app: it is tried again by itself, and nobody is asked to do anything. */
export const transientAnswers: readonly TokenAnswer[] = [
  // No answer
  { name: 'a reset', fault: { kind: 'reset' } },
  { name: 'an answer that is lost', fault: { kind: 'lose-response' } },
  { name: 'an answer that breaks off', fault: { kind: 'cut' } },
  broken('a name that does not resolve', 'ENOTFOUND'),
  broken('a refused connection', 'ECONNREFUSED'),
  broken('an expired certificate', 'CERT_HAS_EXPIRED'),
  broken('a certificate of somebody else', 'ERR_TLS_CERT_ALTNAME_INVALID'),
  { name: 'a platform that gives up', reject: new DOMException('EXAMPLE aborted', 'AbortError') },
  { name: 'a platform that throws no error', reject: 'EXAMPLE text' },
  // Somewhere else
  ...[301, 302, 303, 307, 308].map((status) => ({
    name: `a redirect with ${status}`,
    fault: { kind: 'redirect' as const, to: 'https://evil.test/token', status },
  })),
  { name: 'a redirect to http', fault: { kind: 'redirect', to: 'http://oauth2.googleapis.com/token' } },
  answer('300 without a place', 300, good),
  answer('304', 304, ''),
  // A server in trouble
  answer('500 and nothing', 500, ''),
  answer('500 and a page', 500, page, { contentType: 'text/html' }),
  answer('502 and a page', 502, page, { contentType: 'text/html' }),
  { name: '503 as Google says it', fault: { kind: 'status', status: 503 } },
  answer('503 with Retry-After', 503, '', { headers: { 'retry-after': '120' } }),
  answer('504', 504, ''),
  answer('408', 408, ''),
  answer('500 with invalid_grant', 500, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }),
  answer('503 with invalid_client', 503, { error: 'invalid_client' }),
  answer('502 with unauthorized_client', 502, { error: 'unauthorized_client' }),
  answer('500 with a good grant', 500, good),
  // Not a grant
  answer('a page with 200', 200, page, { contentType: 'text/html' }),
  answer('a grant that is called a page', 200, good, { contentType: 'text/html' }),
  answer('a grant that is called text', 200, good, { contentType: 'text/plain' }),
  answer('nothing with 200', 200, ''),
  answer('white space', 200, ' \n'),
  answer('204', 204, ''),
  answer('201 with a grant', 201, good),
  answer('206 with a grant', 206, good),
  answer('JSON that ends early', 200, goodText.slice(0, -9)),
  answer('JSON twice', 200, goodText + goodText),
  answer('JSON with a comment', 200, `// EXAMPLE\n${goodText}`),
  answer('an invalid_grant with 200', 200, { error: 'invalid_grant' }),
  answer('an invalid_client with 200', 200, { error: 'invalid_client' }),
  answer('null', 200, 'null'),
  answer('a number', 200, '7'),
  answer('a text', 200, '"EXAMPLE_access"'),
  answer('a list', 200, [good]),
  answer('an empty object', 200, {}),
  answer('lists in lists, thirty thousand deep', 200, '['.repeat(30_000) + ']'.repeat(30_000)),
  answer('objects in objects, without an end', 200, '{"a":'.repeat(10_000)),
  bytes(
    'bytes that are no UTF-8',
    encode(goodText.replace('EXAMPLE', 'EX\u0000AMPLE')).map((byte) => (byte === 0 ? 0xff : byte)),
  ),
  bytes('UTF-16', new Uint8Array([0xff, 0xfe, ...[...goodText].flatMap((character) => [character.charCodeAt(0), 0])])),
  { name: 'two gigabytes', fault: { kind: 'flood' } },
  { name: 'two gigabytes with 400', fault: { kind: 'flood', status: 400 } },
  answer('two announced gigabytes', 200, good, { headers: { 'content-length': String(2 ** 31) } }),
  // Wrong types
  fields('an access token that is a number', { access_token: 5 }),
  fields('an access token that is a list', { access_token: ['EXAMPLE_access'] }),
  fields('an access token that is null', { access_token: null }),
  fields('an empty access token', { access_token: '' }),
  fields('an access token of 1 MB', { access_token: 'A'.repeat(1_000_000) }),
  fields('an access token of 17 kB', { access_token: 'A'.repeat(17_000) }),
  fields('an access token with a line break', { access_token: 'EXAMPLE_a\r\nx-evil: 1' }),
  fields('an access token that is not ASCII', { access_token: 'EXAMPLE_ü' }),
  without('access_token'),
  fields('a life as text', { expires_in: '3599' }),
  fields('a negative life', { expires_in: -1 }),
  fields('no life at all', { expires_in: 0 }),
  fields('a life that is null', { expires_in: null }),
  answer('a life that is NaN', 200, goodText.replace('3599', 'NaN')),
  without('expires_in'),
  fields('another token type', { token_type: 'mac' }),
  fields('a token type that is a number', { token_type: 1 }),
  without('token_type'),
  fields('a refresh token that is an object', { refresh_token: {} }),
  fields('a refresh token of 17 kB', { refresh_token: 'A'.repeat(17_000) }),
  fields('scopes as a list', { scope: ['openid'] }),
  answer('an access token twice, the second no text', 200, goodText.replace('}', ',"access_token":7}')),
  // Refusals of something else
  answer('400 and nothing', 400, ''),
  answer('400 without an error', 400, {}),
  answer('400 and a page', 400, page, { contentType: 'text/html' }),
  answer('400 with an error that is a number', 400, { error: 400 }),
  answer('400 as Google’s APIs say it', 400, { error: { code: 400, message: 'Bad Request', status: 'INVALID_ARGUMENT' } }),
  answer('invalid_request', 400, { error: 'invalid_request' }),
  answer('invalid_scope', 400, { error: 'invalid_scope' }),
  answer('unsupported_grant_type', 400, { error: 'unsupported_grant_type' }),
  answer('internal_failure', 400, { error: 'internal_failure' }),
  answer('temporarily_unavailable', 400, { error: 'temporarily_unavailable' }),
  answer('an error that nobody knows', 400, { error: 'made_up_today' }),
  answer('INVALID_GRANT', 400, { error: 'INVALID_GRANT' }),
  answer('invalid_grant and a space', 400, { error: 'invalid_grant ' }),
  answer('invalid_grant in a list', 400, [{ error: 'invalid_grant' }]),
  answer('invalid_grant that is called a page', 400, { error: 'invalid_grant' }, { contentType: 'text/html' }),
  answer('invalid_grant that ends early', 400, '{"error":"invalid_grant"'),
  answer('invalid_grant, and then another error', 400, '{"error":"invalid_grant","error":"internal_failure"}'),
  answer('401 and nothing', 401, ''),
  answer('403 and a page', 403, page, { contentType: 'text/html' }),
  answer('404', 404, page, { contentType: 'text/html' }),
  answer('451', 451, ''),
]

/** Ask us to come back later. */
export const throttledAnswers: readonly TokenAnswer[] = [
  answer('429 and nothing', 429, ''),
  answer('429 with Retry-After', 429, { error: 'rate_limit_exceeded' }, { headers: { 'retry-after': '90' } }),
  answer('429 with a wait of years', 429, '', { headers: { 'retry-after': '999999999' } }),
  answer('429 with invalid_grant', 429, { error: 'invalid_grant' }),
  answer('403 with rate_limit_exceeded', 403, { error: 'rate_limit_exceeded' }),
]

/** Are odd, and good. */
export const goodAnswers: readonly TokenAnswer[] = [
  without('refresh_token', 'scope', 'id_token'),
  fields('a refresh token that is null', { refresh_token: null }),
  fields('an empty refresh token', { refresh_token: '' }),
  fields('an empty id token', { id_token: '' }),
  fields('a life of 1e308 seconds', { expires_in: 1e308 }),
  fields('a broken number of seconds', { expires_in: 3599.5 }),
  fields('another spelling of Bearer', { token_type: 'BEARER' }),
  fields('an end of the sign-in that is none', { refresh_token_expires_in: '604799' }),
  fields('an end of the sign-in in 1e308 seconds', { refresh_token_expires_in: 1e308 }),
  fields('more than was asked for', { error: 'invalid_grant', nested: { deeply: [[[[]]]] } }),
  answer('an access token twice', 200, goodText.replace('{', '{"access_token":7,')),
  answer('a name that is a trap', 200, goodText.replace('{', '{"__proto__":{"access_token":7},"constructor":1,')),
  bytes('a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, ...encode(goodText)])),
  answer('a life so long that it is no date', 200, goodText.replace('3599', '9007199254740993')),
]

/** Call the grant dead, each with what people are told. */
export const deadGrants: readonly (TokenAnswer & { readonly code: string })[] = [
  {
    ...answer('invalid_grant', 400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }),
    code: 'grant_revoked',
  },
  { ...answer('invalid_grant without a word', 400, { error: 'invalid_grant' }), code: 'grant_revoked' },
  { ...answer('invalid_grant with 401', 401, { error: 'invalid_grant' }), code: 'grant_revoked' },
  { ...answer('invalid_grant, described by a number', 400, { error: 'invalid_grant', error_description: 7 }), code: 'grant_revoked' },
  { ...answer('invalid_rapt', 400, { error: 'invalid_grant', error_subtype: 'invalid_rapt' }), code: 'reauth_policy' },
]

/** Call the app broken, each with what people are told. */
export const brokenApps: readonly (TokenAnswer & { readonly code: string })[] = [
  {
    ...answer('a client that was not found', 401, { error: 'invalid_client', error_description: 'The OAuth client was not found.' }),
    code: 'app_client_id_invalid',
  },
  { ...answer('deleted_client', 400, { error: 'deleted_client' }), code: 'app_client_id_invalid' },
  {
    ...answer('disabled_client', 401, { error: 'disabled_client', error_description: 'The OAuth client was disabled.' }),
    code: 'app_client_disabled',
  },
  { ...answer('a wrong secret', 401, { error: 'invalid_client', error_description: 'Unauthorized' }), code: 'app_secret_invalid' },
  { ...answer('unauthorized_client', 401, { error: 'unauthorized_client' }), code: 'app_unauthorized' },
  { ...answer('admin_policy_enforced', 400, { error: 'admin_policy_enforced' }), code: 'admin_policy' },
  { ...answer('org_internal', 403, { error: 'org_internal' }), code: 'admin_policy' },
]
