import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { Link } from '../../parts/link/link.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
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
  const part = usePart()
  const t = useMessages(googleAppRowMessages)
  const separate = service === 'calendar' && app?.calendarMode === 'separate'
  const client = (separate ? app.maskedCalendarClientId : app?.maskedClientId) ?? null
  const kind = service === 'gmail' ? 'gmail' : separate ? 'separate' : 'same'
  return (
    <div {...part('google-app-row')}>
      <Icon name="key" />
      <span className="tn-google-app-text">{client === null ? t('unnamed') : t.rich(kind, { client })}</span>
      {onOpenSetup ? (
        <Button size="sm" variant="quiet" onClick={onOpenSetup}>
          {t('open')}
        </Button>
      ) : (
        setupHref !== undefined && <Link href={setupHref}>{t('open')}</Link>
      )}
    </div>
  )
}
