/** An authorization request that waits on Google's pages for a person. */
export interface AuthorizationState {
  id: string
  query: string
  /** Chosen, and signed in, account. */
  address: string | null
  expiresAt: number
}

export interface CodeState {
  code: string
  clientId: string
  address: string
  scopes: string[]
  redirectUri: string
  codeChallenge: string | null
  codeChallengeMethod: string
  nonce: string | null
  /** A refresh token is due: offline access, and first consent or prompt=consent. */
  offline: boolean
  expiresAt: number
  used: boolean
}

/** What one account has granted to one client, ever. */
export interface ConsentState {
  clientId: string
  address: string
  scopes: string[]
}

/**
 * What a refresh does to the refresh token. `none`, as Google: it stays. `replace-keep-old`, as Microsoft: there is a new one, and the old ones work
 * on. `strict-family`, RFC 9700 section 4.14.2: only the newest works, and an old one used again ends all that came of the same sign-in.
 */
export type Rotation = 'none' | 'replace-keep-old' | 'strict-family'

export interface RefreshTokenState {
  token: string
  clientId: string
  address: string
  scopes: string[]
  /** Of the sign-in that it came of: what all of one family share. */
  code: string
  issuedAt: number
  lastUsedAt: number
  /** Testing apps: seven days after consent. */
  expiresAt: number | null
  /** When a strict server gave a new one for it; kept, so that its use is noticed. */
  replacedAt?: number
}

export interface AccessTokenState {
  token: string
  /** OAuth client or service account that holds it. */
  holder: { kind: 'client'; clientId: string; address: string } | { kind: 'service-account'; email: string }
  projectId: string
  scopes: string[]
  code: string | null
  refreshToken: string | null
  expiresAt: number
}
