import * as z from 'zod/mini'
import { ProviderRefusal } from '../errors/index.ts'
import { revealSecret, Secret } from '../model/secret.ts'
import type { Clock, Fetch } from '../ports/index.ts'
import type { OAuthApp, OAuthEndpoints } from '../vendors/vendor.ts'
import { readBody } from './read-body.ts'
import { readRetryAfter } from './retry-after.ts'

/** A token answer, RFC 6749 section 5.1. Times are epoch milliseconds. */
export interface Grant {
  readonly accessToken: Secret
  readonly refreshToken: Secret | null
  readonly idToken: Secret | null
  readonly expiresAt: number
  readonly refreshExpiresAt: number | null
  readonly scope: string
}

export interface TokenPorts {
  readonly fetch: Fetch
  readonly clock: Clock
}

const token = z.string().check(z.minLength(1), z.maxLength(16_384))

const grantSchema = z.object({
  access_token: token,
  expires_in: z.number().check(z.positive()),
  refresh_token: z.optional(token),
  refresh_token_expires_in: z.optional(z.number().check(z.positive())),
  id_token: z.optional(token),
  scope: z.optional(z.string()),
  token_type: z.string().check(z.regex(/^bearer$/i)),
})

/** Machine words only, so that nothing which an answer repeats of the request can come along. */
const reason = z.string().check(z.regex(/^[a-z_]{1,64}$/))

const refusalSchema = z.object({
  error: reason,
  error_subtype: z.catch(z.optional(reason), undefined),
  error_description: z.optional(z.string()),
})

/** Exchanges a code once. @throws ProviderRefusal `oauth.exchange` */
export async function exchangeCode(
  ports: TokenPorts,
  input: { endpoints: OAuthEndpoints; vendor: 'google' | 'microsoft'; app: OAuthApp; code: string; redirectUri: string; verifier: Secret },
): Promise<Grant> {
  const form = {
    grant_type: 'authorization_code',
    code: input.code,
    redirect_uri: input.redirectUri,
    code_verifier: revealSecret(input.verifier),
  }
  return requestGrant(ports, { ...input, operation: 'oauth.exchange', form })
}

/** Refreshes once; never repeats itself. @throws ProviderRefusal `oauth.refresh` */
export async function refreshGrant(
  ports: TokenPorts,
  input: { endpoints: OAuthEndpoints; vendor: 'google' | 'microsoft'; app: OAuthApp; refreshToken: Secret },
): Promise<Grant> {
  return requestGrant(ports, {
    ...input,
    operation: 'oauth.refresh',
    form: { grant_type: 'refresh_token', refresh_token: revealSecret(input.refreshToken) },
  })
}

/**
 * Revokes a token, RFC 7009, in the body and never in the address. A token that the vendor no longer knows counts as revoked.
 * @throws ProviderRefusal `oauth.revoke`
 */
export async function revokeToken(
  ports: TokenPorts,
  input: { endpoints: OAuthEndpoints; vendor: 'google' | 'microsoft'; token: Secret },
): Promise<void> {
  const answer = await readBody(ports.fetch, post(input.endpoints.revocation, { token: revealSecret(input.token) }))
  const refusal = refusalSchema.safeParse(answer.json)
  const alreadyGone = answer.status === 400 && refusal.success && refusal.data.error === 'invalid_token'
  if (answer.status !== 200 && !alreadyGone)
    throw new ProviderRefusal({ vendor: input.vendor, operation: 'oauth.revoke', httpStatus: answer.status })
}

/** Asks with a code that cannot exist: the answer tells whether client id and secret fit, and nothing is granted. @throws ProviderRefusal when they do not */
export async function probeApp(
  ports: TokenPorts,
  input: { endpoints: OAuthEndpoints; vendor: 'google' | 'microsoft'; app: OAuthApp; redirectUri: string },
): Promise<void> {
  try {
    await requestGrant(ports, {
      ...input,
      operation: 'oauth.probe',
      form: { grant_type: 'authorization_code', code: 'tenantry-setup-check', redirect_uri: input.redirectUri },
    })
  } catch (error) {
    if (!(error instanceof ProviderRefusal && error.reason === 'invalid_grant')) throw error
  }
}

async function requestGrant(
  ports: TokenPorts,
  input: { endpoints: OAuthEndpoints; vendor: 'google' | 'microsoft'; app: OAuthApp; operation: string; form: Record<string, string> },
): Promise<Grant> {
  const form = { ...input.form, client_id: input.app.clientId, client_secret: revealSecret(input.app.clientSecret) }
  const answer = await readBody(ports.fetch, post(input.endpoints.token, form))
  const now = ports.clock.now()
  const granted = grantSchema.safeParse(answer.json)
  if (answer.status !== 200 || !granted.success) throw refuse(input, answer, now)
  const { data } = granted
  return {
    accessToken: new Secret(data.access_token),
    refreshToken: data.refresh_token === undefined ? null : new Secret(data.refresh_token),
    idToken: data.id_token === undefined ? null : new Secret(data.id_token),
    expiresAt: now + data.expires_in * 1000,
    refreshExpiresAt: data.refresh_token_expires_in === undefined ? null : now + data.refresh_token_expires_in * 1000,
    scope: data.scope ?? '',
  }
}

function refuse(
  input: { vendor: 'google' | 'microsoft'; operation: string },
  answer: { status: number; headers: Headers; json: unknown },
  now: number,
): ProviderRefusal {
  const refusal = refusalSchema.safeParse(answer.json)
  // A server error with an OAuth-shaped body says nothing about the grant.
  const trusted = refusal.success && answer.status >= 400 && answer.status < 500 ? refusal.data : null
  return new ProviderRefusal({
    vendor: input.vendor,
    operation: input.operation,
    httpStatus: answer.status === 200 ? 0 : answer.status,
    reason: trusted?.error,
    message: [trusted?.error_subtype, trusted?.error_description].filter((text) => text !== undefined).join(' ') || undefined,
    retryAfterMs: readRetryAfter(answer.headers, now),
  })
}

function post(url: string, form: Record<string, string>): Request {
  return new Request(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
}
