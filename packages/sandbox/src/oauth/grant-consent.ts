import type { AccountState } from '../state/account-state.ts'
import { newId } from '../state/new-id.ts'
import type { World } from '../state/world.ts'
import type { CheckedAuthorization } from './check-authorization.ts'
import { isSignInScope } from './scopes.ts'

const CODE_LIFETIME = 600_000
const ISSUER = 'https://accounts.google.com'

/** The person ticked `ticked` and pressed Continue: issues a code and says where the browser goes. */
export function grantConsent(
  world: World,
  request: CheckedAuthorization,
  account: AccountState,
  ticked: string[],
): { code: string; redirectTo: string } {
  const clientId = request.client.clientId
  const previous = world.state.consents.find((consent) => consent.clientId === clientId && consent.address === account.address)
  const granted = request.scopes.filter((scope) => isSignInScope(scope) || ticked.includes(scope))
  const scopes = request.includeGranted ? [...new Set([...granted, ...(previous?.scopes ?? [])])] : granted
  const code = `4/0EXAMPLE_${newId(62)}`
  world.state.codes = [
    ...world.state.codes.filter((other) => other.expiresAt + 3_600_000 > world.clock.now()),
    {
      code,
      clientId,
      address: account.address,
      scopes,
      redirectUri: request.redirectUri,
      codeChallenge: request.codeChallenge,
      codeChallengeMethod: request.codeChallengeMethod,
      nonce: request.nonce,
      offline: request.accessType === 'offline' && (!previous || request.prompt.split(' ').includes('consent')),
      expiresAt: world.clock.now() + CODE_LIFETIME,
      used: false,
    },
  ]
  if (previous) previous.scopes = [...new Set([...previous.scopes, ...scopes])]
  else world.state.consents.push({ clientId, address: account.address, scopes })
  const prompt = request.prompt.includes('consent') || !previous ? 'consent' : 'none'
  return { code, redirectTo: redirect(request, { code, scope: scopes.join(' '), authuser: '0', prompt }) }
}

/** The person pressed Cancel: where the browser goes. */
export function denyConsent(request: CheckedAuthorization): string {
  return redirect(request, { error: 'access_denied' })
}

function redirect(request: CheckedAuthorization, answer: Record<string, string>): string {
  const target = new URL(request.redirectUri)
  if (request.state !== null) target.searchParams.set('state', request.state)
  for (const [name, value] of Object.entries({ iss: ISSUER, ...answer })) target.searchParams.set(name, value)
  return target.href
}
