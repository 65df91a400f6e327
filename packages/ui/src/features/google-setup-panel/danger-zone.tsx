import { DangerZone } from '../../elements/setup-panel/danger-zone.tsx'
import { useSetupModel } from './setup-context.ts'

/** What a reset of Google takes away. */
export function GoogleDangerZone() {
  const { t, status, openReset } = useSetupModel()
  if (!status.permissions.reset || status.state === 'missing') return null
  const { gmail, calendar } = status.connections
  return (
    <DangerZone title={t('danger')} onOpen={openReset}>
      {t('dangerBody', { mailboxes: t('mailboxes', { count: gmail }), calendars: t('calendars', { count: calendar }) })} {t('dangerKeeps')}
    </DangerZone>
  )
}
