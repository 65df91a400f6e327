import { FailureBlock } from '../../elements/failure/index.ts'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { Text } from '../../parts/text/text.tsx'
import { CheckReportView } from './check-report.view.tsx'
import { useSetupModel } from './setup-context.ts'
import { StepFrame } from './step-frame.tsx'

export function StepVerify() {
  const { t, status, services, test, runChecks, isDirty, props } = useSetupModel()
  const { data: report, isPending, error } = test
  const failed = report !== undefined && report.checks.some((check) => check.status === 'fail')
  const passed = report !== undefined && !failed
  const connects = [
    { service: 'gmail', label: t('connectGmail'), start: props.onConnectGmail },
    { service: 'calendar', label: t('connectCalendar'), start: props.onConnectCalendar },
  ] as const
  const ready = connects.filter(({ service, start }) => start && services.includes(service) && status.missingFor[service].length === 0)
  return (
    <StepFrame id="verify">
      {isDirty && <Text tone="muted">{t('verifyUnsaved')}</Text>}
      {status.permissions.test && (
        <Actions>
          <Button icon="refresh" busy={isPending} variant={isDirty || passed ? 'secondary' : 'primary'} onClick={runChecks}>
            {report ? t('verifyAgain') : t('verifyRun')}
          </Button>
        </Actions>
      )}
      <LiveRegion>{isPending && t('running')}</LiveRegion>
      {error && <FailureBlock error={error} onRetry={runChecks} retrying={isPending} />}
      {report && <CheckReportView report={report} />}
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
