import type { Health } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import { Chip } from '../../parts/chip/chip.tsx'
import { statusLooks } from '../status-looks/status-looks.ts'
import { connectionDetailsMessages } from './connection-details.messages.ts'

/** A connection's status in a word. */
export function HealthChip({ status }: { status: Health['status'] }) {
  const t = useMessages(connectionDetailsMessages)
  return <Chip {...statusLooks[status]}>{t(status)}</Chip>
}
