import { expectChecks } from '../../elements/check-list/index.ts'
import { SetupChecks } from '../../elements/setup-panel/setup-checks.tsx'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { Text } from '../../parts/text/text.tsx'
import { useSetupModel } from './setup-context.ts'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'
import { useCheckFixes } from './use-check-fixes.ts'

export function StepVerify() {
  const { t, status, services, test, runChecks, isDirty, props } = useSetupModel()
  const { data: report, isPending, error } = test
  const fixes = useCheckFixes()
  const failed = report !== undefined && report.checks.some((check) => check.status === 'fail')
  const passed = report !== undefined && !failed
  const connects = [
    { service: 'gmail', label: t('connectGmail'), start: props.onConnectGmail },
    { service: 'calendar', label: t('connectCalendar'), start: props.onConnectCalendar },
  ] as const
  const ready = connects.filter(({ service, start }) => start && services.includes(service) && status.missingFor[service].length === 0)
  return (
    <StepFrame id="verify">
      <SetupChecks
        report={report}
        isPending={isPending}
        error={error}
        mayRun={status.permissions.test}
        onRun={runChecks}
        expected={expectChecks(true, undefined)}
        fixes={fixes}
      />
      {ready.length > 0 && (
        <div className="tn-setup-stack">
          {!failed && <Text>{t('verifyReady')}</Text>}
          <Actions>
            {ready.map(({ service, label, start }, index) => (
              <Button key={service} variant={passed && !isDirty && index === 0 ? 'primary' : 'secondary'} onClick={start}>
                {label}
              </Button>
            ))}
          </Actions>
        </div>
      )}
    </StepFrame>
  )
}
