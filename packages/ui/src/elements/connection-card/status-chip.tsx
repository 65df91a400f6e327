import type { Health } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import type { Tone } from '../../parts/callout/callout.tsx'
import { Chip } from '../../parts/chip/chip.tsx'
import type { IconName } from '../../parts/icon/icon-paths.ts'
import { connectionCardMessages } from './connection-card.messages.ts'

const looks: Readonly<Record<Health['status'], { tone: Tone; icon: IconName }>> = {
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

/** A connection's status: icon and word. */
export function StatusChip({ status }: { status: Health['status'] }) {
  const t = useMessages(connectionCardMessages)
  return <Chip {...looks[status]}>{t(status)}</Chip>
}
