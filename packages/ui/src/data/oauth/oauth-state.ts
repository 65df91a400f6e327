/** One sign-in under way. Holds no token, no code and no secret. */
export interface OAuthFlow {
  readonly flowId: string
  /** `null` until the server has said it, after a sign-in in this tab. */
  readonly connectionId: string | null
  /** ISO 8601; `null` as above. */
  readonly expiresAt: string | null
  /** What Google was asked with: the very redirect URI and client ID of the authorization URL. */
  readonly redirectUri: string | null
  readonly clientId: string | null
}

/** Where a sign-in stands. `attempt` counts the starts, so that what an abandoned one still says is ignored. */
export type OAuthState = { readonly attempt: number } & (
  | { readonly status: 'idle' | 'blocked' | 'opening' }
  | { readonly status: 'waiting' | 'window_gone' | 'done'; readonly flow: OAuthFlow }
  | { readonly status: 'failed'; readonly flow: OAuthFlow | null; readonly error: Error }
)

export type OAuthStatus = OAuthState['status']

export const idleState: OAuthState = { status: 'idle', attempt: 0 }

/** A window is opening or open: another start brings it to the front instead. */
export function isBusy(state: OAuthState): boolean {
  return state.status === 'opening' || state.status === 'waiting'
}
