import { decodeJwt, decodeProtectedHeader, importSPKI, jwtVerify } from 'jose'
import type { JWTPayload } from 'jose'
import { findBy } from '../state/find-by.ts'
import type { ServiceAccountState } from '../state/project-state.ts'
import type { World } from '../state/world.ts'
import { oauthError } from './oauth-error.ts'
import { ACCESS_TOKEN_SECONDS, issueAccessToken } from './tokens.ts'

const AUDIENCES = [
  'https://oauth2.googleapis.com/token',
  'https://www.googleapis.com/oauth2/v4/token',
  'https://accounts.google.com/o/oauth2/token',
]
const SKEW = 300

/** `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer`: a service account signs for itself. */
export async function exchangeAssertion(world: World, form: URLSearchParams): Promise<Response> {
  const assertion = form.get('assertion') ?? ''
  const claims = readClaims(assertion)
  if (!claims) return oauthError(400, 'invalid_grant', 'Invalid JWT: Failed to parse token.')
  const account = findBy(world.state.serviceAccounts, 'email', claims.iss)
  if (!account) return oauthError(400, 'invalid_grant', 'Invalid grant: account not found')
  if (!(await isSignedBy(account, assertion))) return oauthError(400, 'invalid_grant', 'Invalid JWT Signature.')
  if (typeof claims.aud !== 'string' || !AUDIENCES.includes(claims.aud)) {
    return oauthError(400, 'invalid_grant', `Invalid JWT: Failed audience check. The right audience is ${AUDIENCES[0]}`)
  }
  // The virtual clock is for waiting; signers that cannot wait, such as Google's own client libraries, use real time.
  if (!isTimely(claims, world.clock.now()) && !isTimely(claims, Date.now())) {
    return oauthError(
      400,
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    )
  }
  const scopes = typeof claims['scope'] === 'string' ? claims['scope'].split(' ').filter(Boolean) : []
  if (scopes.length === 0) return oauthError(400, 'invalid_scope', 'Empty or missing scope not allowed.')
  if (claims.sub !== undefined && claims.sub !== account.email) {
    return oauthError(
      401,
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    )
  }
  const holder = { kind: 'service-account' as const, email: account.email }
  const access = issueAccessToken(world, { holder, projectId: account.projectId, scopes, code: null, refreshToken: null })
  return Response.json({ access_token: access.token, expires_in: ACCESS_TOKEN_SECONDS, token_type: 'Bearer' })
}

function readClaims(assertion: string): JWTPayload | null {
  try {
    return decodeProtectedHeader(assertion).alg === 'RS256' ? decodeJwt(assertion) : null
  } catch {
    // Anything that is not a JWT gets Google's answer for that, not a stack trace.
    return null
  }
}

async function isSignedBy(account: ServiceAccountState, assertion: string): Promise<boolean> {
  const { kid } = decodeProtectedHeader(assertion)
  const candidates = kid === undefined ? account.keys : account.keys.filter((key) => key.keyId === kid)
  for (const key of candidates) {
    const verified = await jwtVerify(assertion, await importSPKI(key.publicPem, 'RS256'), {
      currentDate: new Date((decodeJwt(assertion).iat ?? 0) * 1000),
    }).then(
      () => true,
      () => false,
    )
    if (verified) return true
  }
  return false
}

function isTimely({ iat, exp }: JWTPayload, now: number): boolean {
  const seconds = now / 1000
  return iat !== undefined && exp !== undefined && iat <= seconds + SKEW && exp > seconds - SKEW && exp > iat && exp - iat <= 3600
}
