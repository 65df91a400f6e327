import type { ClientState } from '../state/project-state.ts'
import type { World } from '../state/world.ts'
import { issueIdToken } from './id-token.ts'
import { EXPIRED_OR_REVOKED, oauthError } from './oauth-error.ts'
import { ACCESS_TOKEN_SECONDS, endFamily, findRefreshToken, issueAccessToken, rotateRefreshToken } from './tokens.ts'

/** `grant_type=refresh_token`: a new access token, and a new refresh token where those rotate. */
export async function refresh(world: World, form: URLSearchParams, client: ClientState): Promise<Response> {
  const token = findRefreshToken(world, form.get('refresh_token') ?? '')
  if (!form.get('refresh_token')) return oauthError(400, 'invalid_request', 'Missing required parameter: refresh_token')
  if (!token) return oauthError(400, 'invalid_grant', EXPIRED_OR_REVOKED)
  if (token.clientId !== client.clientId) return oauthError(400, 'invalid_grant', 'Bad Request')
  if (token.replacedAt !== undefined) {
    endFamily(world, token)
    return oauthError(400, 'invalid_grant', EXPIRED_OR_REVOKED)
  }
  // Before anything is awaited: of two at once, one is the first.
  token.lastUsedAt = world.clock.now()
  const next = rotateRefreshToken(world, token)
  const { clientId, address, scopes } = token
  const access = issueAccessToken(world, {
    holder: { kind: 'client', clientId, address },
    projectId: client.projectId,
    scopes,
    code: token.code,
    refreshToken: next.token,
  })
  return Response.json({
    access_token: access.token,
    expires_in: ACCESS_TOKEN_SECONDS,
    ...(next === token ? {} : { refresh_token: next.token }),
    scope: scopes.join(' '),
    token_type: 'Bearer',
    ...(scopes.includes('openid') ? { id_token: await issueIdToken(world, token, access.token, null) } : {}),
    ...(token.expiresAt ? { refresh_token_expires_in: Math.floor((token.expiresAt - world.clock.now()) / 1000) } : {}),
  })
}
