/** What the components report for the host's telemetry. Never contains secrets, tokens, message text or e-mail addresses. */
export interface UiEvent {
  readonly type:
    | 'setup.step_viewed'
    | 'setup.step_completed'
    | 'setup.saved'
    | 'setup.save_failed'
    | 'copy'
    | 'external_link'
    | 'oauth.opened'
    | 'oauth.blocked'
    | 'oauth.redirected'
    | 'oauth.window_gone'
    | 'oauth.completed'
    | 'oauth.failed'
    | 'connection.reconnect'
    | 'connection.disconnected'
    | 'diagnostics.started'
    | 'diagnostics.finished'
    | 'reset.confirmed'
  /** The part or feature that reports. */
  readonly component: string
  readonly step?: string
  readonly connectionId?: string
  readonly provider?: string
  readonly code?: string
  readonly durationMs?: number
}

/** A message for the host's own toasts. */
export interface Notice {
  readonly tone: 'info' | 'success' | 'warning' | 'danger'
  readonly text: string
}

/** How the sign-in window opens. */
export interface OAuthOptions {
  /** `auto` (default): a window, and this tab where windows are not possible. */
  readonly mode?: 'popup' | 'redirect' | 'auto'
  /** Pixels. */
  readonly width?: number
  readonly height?: number
  /** Where a sign-in in this tab comes back to: a path of the host. */
  readonly returnTo?: string
}
