import type { Call } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { findAccessToken } from '../entra/tokens.ts'
import { findRecipient } from '../find.ts'
import type { AccessTokenState } from '../state/entra-state.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import { GraphError } from './graph-error.ts'

/** Who calls Graph. */
export interface Caller {
  token: AccessTokenState
  /** null: the app itself. */
  person: RecipientState | null
}

/** @throws GraphError 401 InvalidAuthenticationToken */
export function authenticate(world: World, call: Call): Caller {
  const bearer = call.request.headers.get('authorization')?.match(/^Bearer (.+)$/i)?.[1]
  if (bearer === undefined) throw invalid('Access token is empty.')
  const token = findAccessToken(world, bearer)
  if (token === undefined)
    throw invalid(
      'IDX14100: JWT is not well formed, there are no dots (.). The token needs to be in JWS or JWE Compact Serialization Format.',
    )
  if (token.expiresAt <= world.clock.now()) throw invalid('Lifetime validation failed, the token is expired.')
  if (token.audience !== 'graph') throw invalid('Access token validation failure. Invalid audience.')
  return { token, person: token.oid === null ? null : findRecipient(world, token.oid) }
}

/** @throws GraphError 403 when the token has none of these permissions */
export function requirePermission({ token }: Caller, permissions: string[]): void {
  if (!token.permissions.some((permission) => permissions.includes(permission))) throw accessDenied()
}

export function accessDenied(): GraphError {
  return new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
}

function invalid(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  })
}
