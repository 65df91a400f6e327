import type { ErrorCode } from '../../errors/index.ts'
import type { GoogleService } from '../../model/google-setup.ts'
import { googleScopes } from '../../model/scopes.ts'
import type { GoogleEndpoints } from '../../ports/index.ts'
import type { Vendor } from '../vendor.ts'
import { readBundle, resolveGoogleApp } from './bundle.ts'
import { projectNumberOf } from './names.ts'
import { classifyGoogle } from './refusals.ts'

/** Google's issuer, also when the endpoints are a sandbox's. */
export const googleIssuer = 'https://accounts.google.com'

/** Both forms that Google signs push and id tokens with. */
export const googleIssuers = [googleIssuer, 'accounts.google.com'] as const

/** What Gmail and Calendar share. */
export function createGoogleVendor(endpoints: GoogleEndpoints): Vendor {
  const { authorization, token, revocation, jwks } = endpoints
  const oauth = { issuer: googleIssuer, authorization, token, revocation, jwks }
  return {
    name: 'google',
    title: 'Google',
    identityScopes: googleScopes.identity,
    pushJwks: jwks,
    namesScopes: false,
    issuers: () => googleIssuers,
    readAccount: ({ sub, email, email_verified: verified }) =>
      typeof sub === 'string' && sub !== '' && typeof email === 'string' && verified === true ? { subject: sub, address: email } : null,
    authorizationParameters: ({ loginHint, forceConsent }) => ({
      access_type: 'offline',
      // Google sends a refresh token only with a fresh consent.
      prompt: forceConsent ? 'consent' : 'select_account',
      ...(loginHint !== undefined && { login_hint: loginHint }),
    }),
    resolveApp: (bundle, version, service) => ({
      ...resolveGoogleApp(readBundle(bundle), version, service as GoogleService),
      endpoints: oauth,
    }),
    // Consent is a project's, and clients of one project are one app to the account. Source: developers.google.com/identity/protocols/oauth2/cross-client-identity.
    granteeOf: ({ clientId }) => projectNumberOf(clientId) ?? clientId,
    callbackError: (error) => callbackErrors.get(error) ?? 'oauth_refused',
    classify: classifyGoogle,
  }
}

const callbackErrors: ReadonlyMap<string, ErrorCode> = new Map([
  ['access_denied', 'access_denied'],
  ['admin_policy_enforced', 'admin_policy'],
  ['org_internal', 'admin_policy'],
  ['invalid_client', 'app_client_id_invalid'],
  ['deleted_client', 'app_client_id_invalid'],
  ['disabled_client', 'app_client_disabled'],
  ['invalid_scope', 'oauth_refused'],
])
