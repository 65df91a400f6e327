import { base64url } from 'jose'
import { EntraError } from './entra-error.ts'
import { issueTokens } from './issue-tokens.ts'
import type { TokenRequest } from './issue-tokens.ts'
import { isIdentityScope, readOneResource, readScope, splitScopes } from './permissions.ts'
import { endFamily, issueRefreshToken } from './tokens.ts'

/** `grant_type=authorization_code`. @throws EntraError */
export async function exchangeCode(request: TokenRequest): Promise<Record<string, unknown>> {
  const { world, form, app } = request
  const code = world.state.microsoft.codes.find((candidate) => candidate.code === form.get('code'))
  if (!form.get('code')) throw new EntraError(900144, 'code')
  if (code === undefined || code.clientId !== app.clientId) throw new EntraError(70000)
  if (code.used) {
    endFamily(world, code.family)
    throw new EntraError(54005)
  }
  if (code.expiresAt <= world.clock.now()) throw new EntraError(70008)
  if (form.get('redirect_uri') !== code.redirectUri) throw new EntraError(500112, form.get('redirect_uri') ?? '')
  const scopes = form.has('scope') ? splitScopes(form.get('scope') ?? '') : ofFirstResource(code.scopes)
  // A request for two resources does not spend the code.
  readOneResource(scopes)
  // Used from here on, before anything is awaited: two parallel exchanges must not both succeed.
  code.used = true
  if (code.codeChallenge !== null && (await challengeOf(form.get('code_verifier') ?? '')) !== code.codeChallenge)
    throw new EntraError(501481)
  const offline = code.scopes.includes('offline_access')
  return issueTokens(request, code, {
    scopes,
    nonce: code.nonce,
    giveRefreshToken: () => (offline ? issueRefreshToken(world, code) : null),
  })
}

function ofFirstResource(scopes: string[]): string[] {
  const first = scopes.find((scope) => !isIdentityScope(scope))
  const audience = first === undefined ? 'graph' : readScope(first).audience
  return scopes.filter((scope) => isIdentityScope(scope) || readScope(scope).audience === audience)
}

async function challengeOf(verifier: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}
