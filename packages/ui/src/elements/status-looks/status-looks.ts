import type { Health } from '@tenantry/sdk/wire'
import type { Tone } from '../../parts/callout/callout.tsx'
import type { IconName } from '../../parts/icon/icon-paths.ts'

/** Tone and icon of a connection's status, wherever it stands as a chip; each place brings its own words. */
export const statusLooks: Readonly<Record<Health['status'], { tone: Tone; icon: IconName }>> = {
  connected: { tone: 'success', icon: 'check-circle' },
  connecting: { tone: 'info', icon: 'ring-dashed' },
  degraded: { tone: 'warning', icon: 'alert' },
  needs_reauth: { tone: 'danger', icon: 'plug' },
  blocked_by_app: { tone: 'danger', icon: 'x-octagon' },
  error: { tone: 'danger', icon: 'x-octagon' },
  paused: { tone: 'neutral', icon: 'pause' },
  disconnected: { tone: 'neutral', icon: 'ring' },
  not_configured: { tone: 'neutral', icon: 'ring-dashed' },
}
