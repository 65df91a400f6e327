import { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectResult } from '@tenantry/sdk/wire'
import type { OAuthFlow } from './oauth-state.ts'

/** What the page keeps of a started sign-in: everything but the address itself. @throws TenantryError `internal` when it is no web address */
export function readAuthorization({ authorizationUrl, flowId, connectionId, expiresAt }: ConnectResult): OAuthFlow {
  const url = URL.canParse(authorizationUrl) ? new URL(authorizationUrl) : null
  // Our own blank window shares our origin: a script address would run as us.
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new TenantryError('internal')
  return { flowId, connectionId, expiresAt, redirectUri: url.searchParams.get('redirect_uri'), clientId: url.searchParams.get('client_id') }
}
