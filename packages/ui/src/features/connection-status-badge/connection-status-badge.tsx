import { useMessages } from '../../locales/use-messages.ts'
import { usePart } from '../../parts/environment/use-part.ts'
import { Root } from '../../parts/root/root.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden/visually-hidden.tsx'
import { useConnectionHealth } from './connection-status-badge.controller.ts'
import { connectionStatusBadgeMessages } from './connection-status-badge.messages.ts'
import { ConnectionStatusBadgeView } from './connection-status-badge.view.tsx'
import type { ConnectionStatusBadgeViewProps } from './connection-status-badge.view.tsx'

type Looks = Omit<ConnectionStatusBadgeViewProps, 'status'>

/** A status you have, or the id of a connection to follow. */
export type ConnectionStatusBadgeProps = Looks &
  ({ status: ConnectionStatusBadgeViewProps['status']; connectionId?: never } | { connectionId: string; status?: never })

/** Shows how a connection is doing: with `connectionId` it keeps itself up to date. */
export function ConnectionStatusBadge({ connectionId, status, ...looks }: ConnectionStatusBadgeProps) {
  if (connectionId !== undefined) return <FollowedBadge connectionId={connectionId} {...looks} />
  return <ConnectionStatusBadgeView status={status} {...looks} />
}

function FollowedBadge({ connectionId, ...looks }: Looks & { connectionId: string }) {
  const part = usePart()
  const health = useConnectionHealth(connectionId)
  const t = useMessages(connectionStatusBadgeMessages, looks.messages)
  if (health !== undefined) return <ConnectionStatusBadgeView status={health} {...looks} />
  return (
    <Root part="connection-status-badge" as="span" aria-busy="true" data-status="loading" className={looks.className}>
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <span {...part('skeleton')} data-shape="chip" aria-hidden="true" />
    </Root>
  )
}
