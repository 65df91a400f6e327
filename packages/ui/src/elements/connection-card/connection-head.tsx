import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import { usePart } from '../../parts/environment/use-part.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Menu } from '../../parts/menu/menu.tsx'
import { addressOf } from '../provider-kind/address-of.ts'
import type { ConnectionActionId } from './connection-action.ts'
import { connectionCardMessages } from './connection-card.messages.ts'
import { readShownStatus } from './connection-condition.ts'
import type { ConnectionEntryState } from './use-connection-entry.ts'
import { kindOf } from '../provider-kind/provider-kind.ts'
import { StatusChip } from './status-chip.tsx'

export interface ConnectionHeadProps {
  connection: ConnectionSummary
  entry: ConnectionEntryState
  /** A command is under way. */
  busy: boolean
  headingId: string
  headingLevel: 1 | 2 | 3 | 4 | 5 | 6
}

/** Which connection it is, how it is doing, and what else can be done with it. */
export function ConnectionHead({ connection, entry, busy, headingId, headingLevel }: ConnectionHeadProps) {
  const part = usePart()
  return (
    <div {...part('connection-head')}>
      <ConnectionName connection={connection} headingId={headingId} headingLevel={headingLevel} />
      <StatusChip status={readShownStatus(connection.health, entry.condition)} />
      <ConnectionMenu connection={connection} entry={entry} busy={busy} />
    </div>
  )
}

/** Icon, name and address. */
export function ConnectionName({
  connection,
  headingId,
  headingLevel,
}: Pick<ConnectionHeadProps, 'connection'> & Partial<ConnectionHeadProps>) {
  const part = usePart()
  const address = addressOf(connection)
  const Name = headingLevel === undefined ? 'span' : (`h${headingLevel}` as const)
  return (
    <div className="tn-connection-identity">
      <span className="tn-connection-icon">
        <Icon name={kindOf(connection.provider).icon} />
      </span>
      <div className="tn-connection-names">
        <Name {...part('connection-name')} id={headingId} tabIndex={-1}>
          <bdi>{connection.name}</bdi>
        </Name>
        {address && <bdi className="tn-connection-address">{address}</bdi>}
      </div>
    </div>
  )
}

/** Everything that can be done besides the primary action; nothing where there is nothing. */
export function ConnectionMenu({ connection, entry, busy }: Pick<ConnectionHeadProps, 'connection' | 'entry' | 'busy'>) {
  const t = useMessages(connectionCardMessages)
  if (entry.menu.length === 0) return null
  return (
    <Menu
      label={t('actions', { name: connection.name })}
      items={entry.menu}
      busy={busy}
      onSelect={(action) => entry.choose(action as ConnectionActionId)}
    />
  )
}
