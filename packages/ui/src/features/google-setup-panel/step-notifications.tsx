import { useController } from 'react-hook-form'
import { useFailureWords } from '../../elements/failure/index.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ManagedNotifications } from './managed-notifications.tsx'
import { ManualNotifications } from './manual-notifications.tsx'
import { useSetupModel } from './setup-context.ts'
import { StepFrame } from './step-frame.tsx'

export function StepNotifications() {
  const { t, form, status, modes, services } = useSetupModel()
  const say = useFailureWords()
  const { field } = useController({ control: form.control, name: 'notifications' })
  const chosen = modes.includes(field.value) ? field.value : null
  const labels = { managed: t.rich('managedLabel'), manual: t.rich('manualLabel'), polling: t.rich('pollingLabel') }
  const unreachable = say({ code: 'push_not_possible' })
  return (
    <StepFrame id="notifications">
      <RadioGroup
        legend={t('notifyLegend')}
        options={modes.map((value) => ({ value, label: labels[value] }))}
        value={chosen}
        onChange={field.onChange}
        {...(services.includes('calendar') && { help: t('notifyCalendar') })}
      />
      {!status.pushPossible && chosen !== 'polling' && (
        <Callout tone="warning" title={unreachable.title}>
          {unreachable.detail} {unreachable.remedy}
        </Callout>
      )}
      {chosen === 'managed' && <ManagedNotifications />}
      {chosen === 'manual' && <ManualNotifications />}
      {chosen === 'polling' && (
        <Text tone="muted" size="small">
          {t('pollingName')}
        </Text>
      )}
    </StepFrame>
  )
}
