import type { World } from '../../state/world.ts'
import { findRecipient } from '../find.ts'
import type { AppState, RefreshTokenState, SignInState } from '../state/entra-state.ts'
import { consentedTo, expand } from './consents.ts'
import { EntraError } from './entra-error.ts'
import { isIdentityScope, readOneResource } from './permissions.ts'
import { issueAccessToken, issueIdToken } from './tokens.ts'

/** What a request at the token endpoint carries. */
export interface TokenRequest {
  world: World
  form: URLSearchParams
  app: AppState
  loginHost: string
}

/** The answer to a person's grant: a token for one resource, with all that was consented to there. @throws EntraError 28000, 65001, 50034, 50057 */
export async function issueTokens(
  { world, app, loginHost }: TokenRequest,
  signIn: SignInState,
  grant: { scopes: string[]; nonce: string | null; giveRefreshToken: () => RefreshTokenState | null },
): Promise<Record<string, unknown>> {
  const { audience } = readOneResource(grant.scopes)
  const person = findRecipient(world, signIn.oid)
  if (person.removed) throw new EntraError(50034, person.address)
  if (!person.enabled) throw new EntraError(50057)
  const given = consentedTo(world, signIn)
  if (expand(app, grant.scopes).some((key) => !given.has(key))) throw new EntraError(65001, app.clientId)
  // From here on nothing can refuse, so the old refresh token may be used up.
  const refreshToken = grant.giveRefreshToken()
  const permissions = [...given].filter((key) => key.startsWith(`${audience}/`)).map((key) => key.slice(audience.length + 1))
  const { clientId, directoryId, oid } = signIn
  const access = await issueAccessToken(world, { clientId, directoryId, oid, audience, permissions }, person)
  const openid = grant.scopes.includes('openid')
  return {
    token_type: 'Bearer',
    scope: nameScopes(grant.scopes, permissions),
    expires_in: access.seconds,
    ext_expires_in: access.seconds,
    access_token: access.token,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken.token }),
    ...(openid ? { id_token: await issueIdToken(world, loginHost, signIn, person, grant.scopes, grant.nonce) } : {}),
  }
}

/** As they were asked for, then what was consented to before; never offline_access. */
function nameScopes(asked: string[], permissions: string[]): string {
  const named = asked.filter((scope) => scope !== 'offline_access' && !scope.endsWith('/.default'))
  const sample = asked.find((scope) => !isIdentityScope(scope) && scope.includes('/'))
  const prefix = sample === undefined ? '' : sample.slice(0, sample.lastIndexOf('/') + 1)
  const short = new Set(named.map((scope) => scope.slice(scope.lastIndexOf('/') + 1).toLowerCase()))
  const more = permissions.filter((name) => !short.has(name.toLowerCase())).map((name) => `${prefix}${name}`)
  return [...named, ...more].join(' ')
}
