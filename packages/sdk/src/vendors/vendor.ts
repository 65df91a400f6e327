import type { ErrorCode, FailureClass, TenantryError } from '../errors/index.ts'
import type { Account } from '../model/connection.ts'
import type { Secret } from '../model/secret.ts'
import type { SecretName } from '../ports/index.ts'

export interface OAuthEndpoints {
  /** As id tokens name it; `{tid}` stands for the directory that the token itself names. */
  readonly issuer: string
  readonly authorization: string
  readonly token: string
  /** RFC 7009; `null` for a vendor that takes no token back. */
  readonly revocation: string | null
  readonly jwks: string
}

/** The OAuth client that a service of a tenant uses, from one version of the bundle. */
export interface OAuthApp {
  readonly clientId: string
  readonly clientSecret: Secret
  /** Version of the bundle. */
  readonly version: string
  /** Where this app is served: a vendor may have several clouds, and an authority for each directory. */
  readonly endpoints: OAuthEndpoints
  /** What the scopes of an audience begin with; absent where scopes are named in full. */
  readonly resources?: Readonly<Record<string, string>>
}

/** What an id token says of the person, RFC 7519; verified. */
export type IdClaims = Readonly<Record<string, unknown>>

export interface Classified {
  readonly class: FailureClass
  readonly error: TenantryError
}

/** What is known of the grant that was refused. */
export interface GrantFacts {
  readonly grantAgeMs?: number
  /** The tenant's app was saved since, so that the client may be another. */
  readonly appSaved?: boolean
}

/** What the providers of one vendor share. */
export interface Vendor {
  readonly name: SecretName
  /** As people know it. */
  readonly title: string
  /** Scopes that tell who signed in. */
  readonly identityScopes: readonly string[]
  /** Vendor parameters of the authorization request, beyond RFC 6749 and 7636. */
  authorizationParameters(input: {
    readonly loginHint: string | undefined
    readonly forceConsent: boolean
  }): Readonly<Record<string, string>>
  /** The keys that it signs pushes with; absent when it signs none. */
  readonly pushJwks?: string
  /** Whether a token endpoint has to be told the scopes of the token that it gives; RFC 6749 section 6 leaves it open. */
  readonly namesScopes: boolean
  /** Issuers that sign for an app's endpoints, given what the token says of itself before it is verified. */
  issuers(app: OAuthApp, unverified: IdClaims): readonly string[]
  /** Who signed in; `null` when the claims do not tell, or tell of somebody who may not be believed. */
  readAccount(claims: IdClaims, app: OAuthApp): Account | null
  /** Where an admin consents for a whole organization, for a vendor that has such a place. */
  adminConsentUrl?(app: OAuthApp, input: { readonly redirectUri: string; readonly state: string }): string
  /** Whom an admin's consent came from, from what the callback says; `null` when it says no. */
  readAdminConsent?(params: URLSearchParams, app: OAuthApp): Account | null
  /** The app of a service. @throws `google_not_configured` with what is missing */
  resolveApp(bundle: string, version: string, service: string): OAuthApp
  /** What an account gives its access to, and takes it back from, as a whole: two apps of which it is the same lose it together. */
  granteeOf(app: OAuthApp): string
  /** Turns an error on the callback (`error=`, and the text beside it, which is classified and never shown) into a code. */
  callbackError(error: string, description: string): ErrorCode
  /** One table for every refusal of the vendor's API and token endpoint. Errors of ours pass; unknown ones are transient. */
  classify(error: unknown, facts?: GrantFacts): Classified
}
