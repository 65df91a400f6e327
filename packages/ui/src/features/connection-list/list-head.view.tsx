import type { IconName } from '../../parts/icon/icon-paths.ts'
import { kindOf } from '../../elements/provider-kind/provider-kind.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { ownProviders } from './connection-list-props.ts'
import type { ConnectionListModel } from './connection-list.controller.ts'
import { connectionListMessages } from './connection-list.messages.ts'

/** `9 connections: 7 working, 1 needs attention, 1 paused`. */
export function ListSummary({ model }: { model: Pick<ConnectionListModel, 'counts' | 'total'> }) {
  const part = usePart()
  const t = useMessages(connectionListMessages)
  if (model.total === 0) return null
  const groups = ['working', 'attention', 'paused', 'disconnected'] as const
  const parts = groups.filter((group) => model.counts[group] > 0).map((group) => t(group, { count: model.counts[group] }))
  return <p {...part('subtitle')}>{t('summary', { count: model.total, parts: parts.join(', ') })}</p>
}

export interface AddButtonsProps {
  providers: readonly string[] | undefined
  onAdd: (provider: string) => void
  /** The vendor's app is missing, so that nothing of it can be connected. */
  isDisabled: (provider: string) => boolean
}

/** One button for each kind of thing that can be connected. */
export function AddButtons({ providers = ownProviders, onAdd, isDisabled }: AddButtonsProps) {
  const t = useMessages(connectionListMessages)
  const label = (provider: string) => {
    if (provider === 'gmail') return t('connectGmail')
    if (provider === 'microsoft-shared-mailbox') return t('connectSharedMailbox')
    return provider === 'google-calendar' ? t('connectCalendar') : t('connectOther', { provider })
  }
  const icon = (provider: string): IconName => kindOf(provider).icon
  return (
    <div className="tn-card-aside">
      {providers.map((provider) => (
        <Button key={provider} icon={icon(provider)} disabled={isDisabled(provider)} onClick={() => onAdd(provider)}>
          {label(provider)}
        </Button>
      ))}
    </div>
  )
}
