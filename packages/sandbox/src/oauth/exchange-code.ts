import { base64url } from 'jose'
import type { ClientState } from '../state/project-state.ts'
import type { CodeState } from '../state/oauth-state.ts'
import type { World } from '../state/world.ts'
import { issueIdToken } from './id-token.ts'
import { oauthError } from './oauth-error.ts'
import { ACCESS_TOKEN_SECONDS, issueAccessToken, issueRefreshToken, killRefreshTokens, TESTING_GRANT_SECONDS } from './tokens.ts'

/** `grant_type=authorization_code`. */
export async function exchangeCode(world: World, form: URLSearchParams, client: ClientState): Promise<Response> {
  const code = world.state.codes.find((candidate) => candidate.code === form.get('code'))
  if (!code || code.clientId !== client.clientId || code.expiresAt <= world.clock.now())
    return oauthError(400, 'invalid_grant', 'Bad Request')
  if (code.used) {
    revokeIssued(world, code)
    return oauthError(400, 'invalid_grant', 'Bad Request')
  }
  if (form.get('redirect_uri') !== code.redirectUri) return oauthError(400, 'redirect_uri_mismatch', 'Bad Request')
  const verifier = form.get('code_verifier')
  if (code.codeChallenge !== null && verifier === null) return oauthError(400, 'invalid_grant', 'Missing code verifier.')
  if (code.codeChallenge === null && verifier !== null) return oauthError(400, 'invalid_grant', 'code_verifier or verifier is not needed.')
  // Used from here on, before anything is awaited: two parallel exchanges must not both succeed.
  code.used = true
  if (code.codeChallenge !== null && (await challengeOf(verifier ?? '', code.codeChallengeMethod)) !== code.codeChallenge) {
    return oauthError(400, 'invalid_grant', 'Invalid code verifier.')
  }
  return Response.json(await issue(world, client, code))
}

async function issue(world: World, client: ClientState, code: CodeState): Promise<Record<string, unknown>> {
  const grant = { clientId: code.clientId, address: code.address, scopes: code.scopes, code: code.code }
  const refresh = code.offline ? issueRefreshToken(world, grant) : null
  const access = issueAccessToken(world, {
    holder: { kind: 'client', clientId: code.clientId, address: code.address },
    projectId: client.projectId,
    scopes: code.scopes,
    code: code.code,
    refreshToken: refresh?.token ?? null,
  })
  return {
    access_token: access.token,
    expires_in: ACCESS_TOKEN_SECONDS,
    ...(refresh ? { refresh_token: refresh.token } : {}),
    scope: code.scopes.join(' '),
    token_type: 'Bearer',
    ...(code.scopes.includes('openid') ? { id_token: await issueIdToken(world, grant, access.token, code.nonce) } : {}),
    ...(refresh?.expiresAt ? { refresh_token_expires_in: TESTING_GRANT_SECONDS } : {}),
  }
}

function revokeIssued(world: World, code: CodeState): void {
  killRefreshTokens(world, (token) => token.code === code.code)
  world.state.accessTokens = world.state.accessTokens.filter((token) => token.code !== code.code)
}

async function challengeOf(verifier: string, method: string): Promise<string> {
  if (method === 'plain') return verifier
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}
