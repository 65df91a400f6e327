import { useMessages } from '../../locales/use-messages.ts'
import { AppRow } from '../app-row/index.ts'
import { googleAppRowMessages } from './google-app-row.messages.ts'

export interface GoogleAppRowProps {
  service: 'gmail' | 'calendar'
  /** Absent: the person may not see which. */
  app?:
    | {
        readonly calendarMode: 'shared' | 'separate'
        readonly maskedClientId: string | null
        readonly maskedCalendarClientId: string | null
      }
    | undefined
  setupHref?: string | undefined
  onOpenSetup?: (() => void) | undefined
}

/** Which of the tenant's own OAuth clients a connection uses. */
export function GoogleAppRow({ service, app, setupHref, onOpenSetup }: GoogleAppRowProps) {
  const t = useMessages(googleAppRowMessages)
  const separate = service === 'calendar' && app?.calendarMode === 'separate'
  const client = (separate ? app.maskedCalendarClientId : app?.maskedClientId) ?? null
  const kind = service === 'gmail' ? 'gmail' : separate ? 'separate' : 'same'
  return (
    <AppRow
      text={client === null ? t('unnamed') : t.rich(kind, { client })}
      open={t('open')}
      setupHref={setupHref}
      onOpenSetup={onOpenSetup}
    />
  )
}
