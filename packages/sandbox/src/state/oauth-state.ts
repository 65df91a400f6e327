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

export interface RefreshTokenState {
  token: string
  clientId: string
  address: string
  scopes: string[]
  code: string
  issuedAt: number
  lastUsedAt: number
  /** Testing apps: seven days after consent. */
  expiresAt: number | null
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
