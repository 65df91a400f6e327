import { CheckList, CheckSummary, ExpectedCheckList, expectChecks } from '../../elements/check-list/index.ts'
import { FailureBlock } from '../../elements/failure/index.ts'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { Text } from '../../parts/text/text.tsx'
import { useSetupModel } from './setup-context.ts'
import { StepFrame } from './step-frame.tsx'
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
      {isDirty && <Text tone="muted">{t('verifyUnsaved')}</Text>}
      {status.permissions.test && (
        <Actions>
          <Button icon="refresh" busy={isPending} variant={isDirty || passed ? 'secondary' : 'primary'} onClick={runChecks}>
            {report ? t('verifyAgain') : t('verifyRun')}
          </Button>
        </Actions>
      )}
      {error && <FailureBlock error={error} onRetry={runChecks} retrying={isPending} />}
      {(report || isPending) && <CheckSummary report={report} running={isPending} />}
      {report && <CheckList report={report} running={isPending} {...fixes} />}
      {isPending && !report && <ExpectedCheckList ids={expectChecks(true, undefined)} running />}
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
