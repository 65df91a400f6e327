import type { Health } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import { Chip } from '../../parts/chip/chip.tsx'
import { isUnchosen } from '../status-looks/is-unchosen.ts'
import { statusLooks } from '../status-looks/status-looks.ts'
import { connectionDetailsMessages } from './connection-details.messages.ts'

/** A connection's status in a word. */
export function HealthChip({ health }: { health: Pick<Health, 'status' | 'reason'> }) {
  const t = useMessages(connectionDetailsMessages)
  const status = isUnchosen(health) ? 'connecting' : health.status
  return <Chip {...statusLooks[status]}>{t(status)}</Chip>
}
