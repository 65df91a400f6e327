import type { ErrorCode, FailureClass, TenantryError } from '../errors/index.ts'
import type { Secret } from '../model/secret.ts'
import type { SecretName } from '../ports/index.ts'

export interface OAuthEndpoints {
  readonly issuer: string
  readonly authorization: string
  readonly token: string
  readonly revocation: string
  readonly jwks: string
}

/** The OAuth client that a service of a tenant uses, from one version of the bundle. */
export interface OAuthApp {
  readonly clientId: string
  readonly clientSecret: Secret
  /** Version of the bundle. */
  readonly version: string
}

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
  readonly oauth: OAuthEndpoints
  /** Scopes that tell who signed in. */
  readonly identityScopes: readonly string[]
  /** Vendor parameters of the authorization request, beyond RFC 6749 and 7636. */
  authorizationParameters(input: {
    readonly loginHint: string | undefined
    readonly forceConsent: boolean
  }): Readonly<Record<string, string>>
  /** The app of a service. @throws `google_not_configured` with what is missing */
  resolveApp(bundle: string, version: string, service: string): OAuthApp
  /** Turns an error on the callback (`error=`) into a code. */
  callbackError(error: string): ErrorCode
  /** One table for every refusal of the vendor's API and token endpoint. Errors of ours pass; unknown ones are transient. */
  classify(error: unknown, facts?: GrantFacts): Classified
}
