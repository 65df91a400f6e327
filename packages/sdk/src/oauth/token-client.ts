import { isTenantryError, ProviderRefusal } from '../errors/index.ts'
import { revealSecret } from '../model/secret.ts'
import type { Secret } from '../model/secret.ts'
import type { Clock, Fetch } from '../ports/index.ts'
import type { OAuthApp, OAuthEndpoints } from '../vendors/vendor.ts'
import { readBody } from './read-body.ts'
import type { ReadAnswer } from './read-body.ts'
import { readRetryAfter } from './retry-after.ts'
import { readGrant, readTokenRefusal } from './token-answer.ts'
import type { Grant } from './token-answer.ts'

export type { Grant } from './token-answer.ts'

export interface TokenPorts {
  readonly fetch: Fetch
  readonly clock: Clock
}

/** Exchanges a code once. @throws ProviderRefusal `oauth.exchange` */
export async function exchangeCode(
  ports: TokenPorts,
  input: { vendor: 'google' | 'microsoft'; app: OAuthApp; code: string; redirectUri: string; verifier: Secret; scope: string | undefined },
): Promise<Grant> {
  const form = {
    grant_type: 'authorization_code',
    code: input.code,
    redirect_uri: input.redirectUri,
    code_verifier: revealSecret(input.verifier),
    ...scopeOf(input),
  }
  return requestGrant(ports, { ...input, operation: 'oauth.exchange', form })
}

/** Refreshes once; never repeats itself. @throws ProviderRefusal `oauth.refresh` */
export async function refreshGrant(
  ports: TokenPorts,
  input: { vendor: 'google' | 'microsoft'; app: OAuthApp; refreshToken: Secret; scope: string | undefined },
): Promise<Grant> {
  return requestGrant(ports, {
    ...input,
    operation: 'oauth.refresh',
    form: { grant_type: 'refresh_token', refresh_token: revealSecret(input.refreshToken), ...scopeOf(input) },
  })
}

/** A token of the app itself, RFC 6749 section 4.4; there is nothing to refresh it with. @throws ProviderRefusal `oauth.app` */
export async function requestAppGrant(
  ports: TokenPorts,
  input: { vendor: 'google' | 'microsoft'; app: OAuthApp; scope: string | undefined },
): Promise<Grant> {
  return requestGrant(ports, { ...input, operation: 'oauth.app', form: { grant_type: 'client_credentials', ...scopeOf(input) } })
}

const scopeOf = ({ scope }: { readonly scope: string | undefined }) => (scope === undefined ? {} : { scope })

/**
 * Revokes a token, RFC 7009, in the body and never in the address. A token that the vendor no longer knows counts as revoked.
 * @throws ProviderRefusal `oauth.revoke`
 */
export async function revokeToken(
  ports: TokenPorts,
  input: { endpoints: OAuthEndpoints; vendor: 'google' | 'microsoft'; token: Secret },
): Promise<void> {
  // A vendor without revocation lets a grant end by itself, or by its own admin.
  if (input.endpoints.revocation === null) return
  const answer = await readBody(ports.fetch, post(input.endpoints.revocation, { token: revealSecret(input.token) }))
  const alreadyGone = answer.status === 400 && readTokenRefusal(answer.json)?.reason === 'invalid_token'
  if (answer.status !== 200 && !alreadyGone)
    throw new ProviderRefusal({ vendor: input.vendor, operation: 'oauth.revoke', httpStatus: answer.status })
}

/** Asks with a code that cannot exist: the answer tells whether client id and secret fit, and nothing is granted. @throws ProviderRefusal when they do not */
export async function probeApp(
  ports: TokenPorts,
  input: { vendor: 'google' | 'microsoft'; app: OAuthApp; redirectUri: string },
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
  input: { vendor: 'google' | 'microsoft'; app: OAuthApp; operation: string; form: Record<string, string> },
): Promise<Grant> {
  const form = { ...input.form, client_id: input.app.clientId, client_secret: revealSecret(input.app.clientSecret) }
  // A life is counted from here, because the answer may have been long on its way.
  const askedAt = ports.clock.now()
  const answer = await askOnce(ports, input, form)
  const grant = answer.status === 200 ? readGrant(answer.json, askedAt) : null
  if (grant === null) throw refuse(input, answer, ports.clock.now())
  return grant
}

/** Whether the vendor did what it was asked is then unknown, which is not the same as a refusal of ours before anything was sent. */
async function askOnce(
  { fetch }: TokenPorts,
  { app, vendor, operation }: { app: OAuthApp; vendor: 'google' | 'microsoft'; operation: string },
  form: Record<string, string>,
): Promise<ReadAnswer> {
  const request = post(app.endpoints.token, form)
  try {
    return await readBody(fetch, request)
  } catch (error) {
    if (!isTenantryError(error)) throw error
    throw new ProviderRefusal({ vendor, operation, httpStatus: 0 })
  }
}

function refuse(input: { vendor: 'google' | 'microsoft'; operation: string }, answer: ReadAnswer, now: number): ProviderRefusal {
  const said = answer.status >= 400 ? readTokenRefusal(answer.json) : null
  // A server error with an OAuth-shaped body says nothing about the grant.
  const words = answer.status < 500 ? said : null
  return new ProviderRefusal({
    vendor: input.vendor,
    operation: input.operation,
    httpStatus: answer.status === 200 ? 0 : answer.status,
    reason: words?.reason,
    message: words?.message,
    retryAfterMs: readRetryAfter(answer.headers, now),
    requestId: said?.requestId,
  })
}

function post(url: string, form: Record<string, string>): Request {
  return new Request(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
}
