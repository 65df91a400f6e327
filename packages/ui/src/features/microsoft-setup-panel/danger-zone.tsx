import { DangerZone } from '../../elements/setup-panel/danger-zone.tsx'
import { useSetupModel } from './setup-context.ts'

/** What a reset of Microsoft takes away. */
export function MicrosoftDangerZone() {
  const { t, status, openReset } = useSetupModel()
  if (!status.permissions.reset || status.state === 'missing') return null
  return (
    <DangerZone title={t('danger')} onOpen={openReset}>
      {t('dangerBody', { count: status.connections })}
    </DangerZone>
  )
}
