import { Button } from '../../parts/button/button.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Text } from '../../parts/text/text.tsx'
import { useSetupModel } from './setup-context.ts'

/** What a reset takes away, before anything can be pressed. */
export function DangerZone() {
  const { t, status, openReset } = useSetupModel()
  if (!status.permissions.reset || status.state === 'missing') return null
  const { gmail, calendar } = status.connections
  return (
    <div className="tn-setup-danger">
      <Disclosure summary={t('danger')}>
        <div className="tn-setup-stack">
          <Text size="small">
            {t('dangerBody', { mailboxes: t('mailboxes', { count: gmail }), calendars: t('calendars', { count: calendar }) })}{' '}
            {t('dangerKeeps')}
          </Text>
          <div>
            <Button onClick={openReset}>{t('resetOpen')}</Button>
          </div>
        </div>
      </Disclosure>
    </div>
  )
}
