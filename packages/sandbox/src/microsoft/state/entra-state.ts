/** What Entra knows of directories, apps and sign-ins. */
export interface EntraState {
  directories: DirectoryState[]
  apps: AppState[]
  authorizations: AuthorizationState[]
  codes: CodeState[]
  consents: ConsentState[]
  refreshTokens: RefreshTokenState[]
  accessTokens: AccessTokenState[]
}

/** Whether people may consent to what an app asks of their own data. */
export type UserConsent = 'allowed' | 'admin_only'

/** What the directory asks of a sign-in: nothing, a second factor, or conditional access refuses it. */
export type SignInPolicy = 'open' | 'mfa_required' | 'blocked'

export interface DirectoryState {
  directoryId: string
  domain: string
  userConsent: UserConsent
  signIn: SignInPolicy
  /** SMTP AUTH for the organization. */
  smtpAuth: boolean
}

export interface AppState {
  clientId: string
  directoryId: string
  name: string
  redirectUris: string[]
  multiTenant: boolean
  /** Short names of the permissions that are registered. */
  delegated: string[]
  application: string[]
  secrets: SecretState[]
  deleted: boolean
  /** Object ids of the mailboxes that app-only tokens reach; null: all of the directory. */
  reach: string[] | null
}

export interface SecretState {
  secretId: string
  value: string
  expiresAt: number
}

/** An authorization request that waits on Entra's pages for a person. */
export interface AuthorizationState {
  id: string
  /** Directory segment of the URL. */
  tenant: string
  query: string
  /** Object id of who signed in. */
  oid: string | null
  expiresAt: number
}

/** One sign-in of one person at one app: what tokens come of. */
export interface SignInState {
  clientId: string
  directoryId: string
  oid: string
  /** Names the sign-in: the code that it gave. */
  family: string
  signedInAt: number
  /** With a second factor. */
  mfa: boolean
}

export interface CodeState extends SignInState {
  code: string
  /** As they were asked for. */
  scopes: string[]
  redirectUri: string
  codeChallenge: string | null
  nonce: string | null
  expiresAt: number
  used: boolean
}

/** What one person, or with `oid: null` an admin for everybody, has consented to. */
export interface ConsentState {
  clientId: string
  directoryId: string
  oid: string | null
  /** In full. */
  scopes: string[]
  /** Application permissions, in full; by admins only. */
  roles: string[]
}

export interface RefreshTokenState extends SignInState {
  token: string
  issuedAt: number
  /** When a strict server gave a new one for it. */
  replacedAt: number | null
}

export interface AccessTokenState {
  token: string
  clientId: string
  directoryId: string
  /** Object id of the person; null for the app itself. */
  oid: string | null
  audience: 'graph' | 'outlook'
  /** Short names: delegated permissions, or roles of the app. */
  permissions: string[]
  expiresAt: number
}
