import type { World } from '../../state/world.ts'
import { findDirectory, findRecipient } from '../find.ts'
import type { RefreshTokenState } from '../state/entra-state.ts'
import { EntraError } from './entra-error.ts'
import { issueTokens } from './issue-tokens.ts'
import type { TokenRequest } from './issue-tokens.ts'
import { splitScopes } from './permissions.ts'
import { endFamily, findRefreshToken, isExpired, rotateRefreshToken } from './tokens.ts'

/** `grant_type=refresh_token`, for any resource that was consented to. @throws EntraError */
export async function refresh(request: TokenRequest): Promise<Record<string, unknown>> {
  const { world, form, app } = request
  const value = form.get('refresh_token')
  if (!value) throw new EntraError(900144, 'refresh_token')
  const scope = form.get('scope')
  if (!scope) throw new EntraError(900144, 'scope')
  const token = findRefreshToken(world, value)
  if (token === undefined || token.clientId !== app.clientId) throw new EntraError(70000)
  if (token.replacedAt !== null) {
    endFamily(world, token.family)
    throw new EntraError(50173)
  }
  checkSignIn(world, token)
  return issueTokens(request, token, {
    scopes: splitScopes(scope),
    nonce: null,
    giveRefreshToken: () => rotateRefreshToken(world, token),
  })
}

/** Whether what the token came of still counts. @throws EntraError 700082, 50173, 53003, 50076 */
function checkSignIn(world: World, token: RefreshTokenState): void {
  if (isExpired(world, token)) throw new EntraError(700082, new Date(token.issuedAt).toISOString())
  const person = findRecipient(world, token.oid)
  if (person.sessionsRevokedAt !== null && token.signedInAt <= person.sessionsRevokedAt) throw new EntraError(50173)
  const { signIn } = findDirectory(world, token.directoryId)
  if (signIn === 'blocked') throw new EntraError(53003)
  if (signIn === 'mfa_required' && !token.mfa) throw new EntraError(50076)
}
