import { useController } from 'react-hook-form'
import { useFailureWords } from '../../elements/failure/index.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ManagedNotifications } from './managed-notifications.tsx'
import { ManualNotifications } from './manual-notifications.tsx'
import { useNotificationTexts } from './notifications.controller.ts'
import { toMinutes } from './poll-minutes.ts'
import { useSetupModel } from './setup-context.ts'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'

export function StepNotifications() {
  const { form, status, modes, services, fieldId, focusField } = useSetupModel()
  const t = useNotificationTexts()
  const say = useFailureWords()
  const { field } = useController({ control: form.control, name: 'notifications' })
  const { provisioning } = status
  const chosen = modes.includes(field.value) ? field.value : null
  const count = toMinutes(provisioning)
  const labels = { managed: t.rich('managedLabel'), manual: t.rich('manualLabel'), polling: t.rich('pollingLabel', { count }) }
  const unreachable = say({ code: 'push_not_possible' })
  const isPulled = provisioning?.transport === 'pull'
  const isSwitching = status.missingFor.gmail.length === 0 && field.value !== status.notifications
  return (
    <StepFrame id="notifications">
      <div id={fieldId('notifications')}>
        <RadioGroup
          legend={t('notifyLegend')}
          options={modes.map((value) => ({ value, label: labels[value] }))}
          value={chosen}
          onChange={field.onChange}
          {...(services.includes('calendar') && { help: t('notifyCalendar') })}
        />
      </div>
      {isSwitching && <Callout live="status">{t('switching')}</Callout>}
      {isPulled && chosen === 'managed' && <Callout tone="neutral">{t('pull')}</Callout>}
      {!isPulled && !status.pushPossible && chosen !== 'polling' && (
        <Callout tone="warning" title={unreachable.title}>
          {unreachable.detail} {unreachable.remedy}
        </Callout>
      )}
      {chosen === 'managed' && (
        <ManagedNotifications
          onChoose={(mode) => {
            field.onChange(mode)
            focusField('notifications')
          }}
        />
      )}
      {chosen === 'manual' && <ManualNotifications />}
      {chosen === 'polling' && <Text tone="muted">{t('pollingHelp', { count })}</Text>}
    </StepFrame>
  )
}
