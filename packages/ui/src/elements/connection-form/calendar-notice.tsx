import type { Health } from '@tenantry/sdk/wire'
import { useFailureWords } from '../failure/index.ts'
import { isUnchosen } from '../status-looks/is-unchosen.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { connectionDetailsMessages } from './connection-details.messages.ts'

/** What the choice of a calendar or a direction mends: the field below is the way out. */
export function CalendarToChoose({ health }: { health: Health }) {
  const say = useFailureWords()
  const isNew = isUnchosen(health)
  const { title, detail, remedy } = say({ code: health.reason ?? 'calendar_read_only', values: health.values })
  return (
    <Callout tone={isNew ? 'info' : 'warning'} icon={isNew ? 'calendar' : 'alert'} title={title}>
      {detail} {!isNew && remedy}
    </Callout>
  )
}

/** All is read anew, because Google asked for it or another calendar was chosen. */
export function Resync() {
  const t = useMessages(connectionDetailsMessages)
  return (
    <Callout tone="info" icon="refresh" live="status" title={t('resync')}>
      {t('resyncHelp')}
    </Callout>
  )
}
