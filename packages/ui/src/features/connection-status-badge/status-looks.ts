import type { Health } from '@tenantry/sdk/wire'
import type { StatusIconName } from '../../parts/icon/status-icon-paths.ts'
import type { Tone } from '../../parts/callout/callout.tsx'

/** A connection's status, or `unknown` when it could not be read. */
export type BadgeStatus = Health['status'] | 'unknown'

/** What a badge offers to do. */
export type BadgeAction = 'reconnect' | 'configure' | 'resume' | 'retry'

interface StatusLook {
  readonly tone: Tone
  readonly icon: StatusIconName
  readonly action?: BadgeAction
}

/** Icon, tone and way out of each status. Never colour alone: each has its own icon. */
export const statusLooks: Readonly<Record<BadgeStatus, StatusLook>> = {
  connected: { tone: 'success', icon: 'check-circle' },
  connecting: { tone: 'info', icon: 'spinner' },
  degraded: { tone: 'warning', icon: 'alert' },
  needs_reauth: { tone: 'danger', icon: 'plug', action: 'reconnect' },
  blocked_by_app: { tone: 'danger', icon: 'x-octagon', action: 'configure' },
  error: { tone: 'danger', icon: 'x-octagon', action: 'retry' },
  paused: { tone: 'neutral', icon: 'pause', action: 'resume' },
  disconnected: { tone: 'neutral', icon: 'ring', action: 'reconnect' },
  not_configured: { tone: 'neutral', icon: 'ring-dashed', action: 'configure' },
  unknown: { tone: 'neutral', icon: 'question', action: 'retry' },
}
