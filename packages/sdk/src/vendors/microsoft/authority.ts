import { readGuid } from '../../model/guid.ts'
import type { MicrosoftCloud } from '../../model/microsoft-setup.ts'
import type { MicrosoftEndpoints } from '../../ports/index.ts'
import type { OAuthEndpoints } from '../vendor.ts'
import { microsoftIssuers } from './clouds.ts'

/** The endpoints of one directory in one cloud. Source: learn.microsoft.com/entra/identity-platform/v2-protocols-oidc. */
export function authorityOf({ login }: MicrosoftEndpoints, cloud: MicrosoftCloud, directoryId: string): OAuthEndpoints {
  const authority = `${login}/${directoryId}`
  return {
    issuer: `${microsoftIssuers[cloud]}/${readGuid(directoryId) ?? '{tid}'}/v2.0`,
    authorization: `${authority}/oauth2/v2.0/authorize`,
    token: `${authority}/oauth2/v2.0/token`,
    revocation: null,
    jwks: `${authority}/discovery/v2.0/keys`,
  }
}

/** The issuer that signs for a directory, which is what an id token says of itself; `null` when that cannot be this app's. */
export function issuerFor({ issuer }: OAuthEndpoints, directory: unknown): string | null {
  const guid = typeof directory === 'string' ? readGuid(directory) : null
  if (guid === null) return null
  const named = issuer.replace('{tid}', guid)
  return named.includes(`/${guid}/`) ? named : null
}

/**
 * Where an administrator approves every permission that the app's registration lists, for the whole directory. Source:
 * learn.microsoft.com/entra/identity-platform/v2-admin-consent.
 */
export function adminConsentUrl(
  { authorization }: Pick<OAuthEndpoints, 'authorization'>,
  input: { readonly clientId: string; readonly graph: string; readonly redirectUri: string; readonly state?: string },
): string {
  const url = new URL('../../v2.0/adminconsent', authorization)
  url.searchParams.set('client_id', input.clientId)
  // Of whatever resource: `.default` stands for all that is registered.
  url.searchParams.set('scope', `${input.graph}/.default`)
  url.searchParams.set('redirect_uri', input.redirectUri)
  if (input.state !== undefined) url.searchParams.set('state', input.state)
  return url.href
}
