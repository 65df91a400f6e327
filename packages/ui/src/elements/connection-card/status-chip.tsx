import type { Health } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import { Chip } from '../../parts/chip/chip.tsx'
import { statusLooks } from '../status-looks/status-looks.ts'
import { connectionCardMessages } from './connection-card.messages.ts'

/** A connection's status: icon and word. */
export function StatusChip({ status }: { status: Health['status'] }) {
  const t = useMessages(connectionCardMessages)
  return <Chip {...statusLooks[status]}>{t(status)}</Chip>
}
