import type { CheckId, CheckReport } from '@tenantry/sdk/wire'
import { CheckList, CheckSummary, ExpectedCheckList } from '../check-list/index.ts'
import type { CheckListProps } from '../check-list/index.ts'
import { FailureBlock } from '../failure/index.ts'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { Text } from '../../parts/text/text.tsx'
import { useSetupShell, useSetupTexts } from './setup-shell.ts'

export interface SetupChecksProps {
  report: CheckReport | undefined
  isPending: boolean
  error: Error | null
  /** The person may run them. */
  mayRun: boolean
  onRun: () => void
  /** Rows that hold the place of the report to come. */
  expected: readonly CheckId[]
  fixes: Pick<CheckListProps, 'actions' | 'work'>
}

/** Runs the setup's checks and shows what they found. */
export function SetupChecks({ report, isPending, error, mayRun, onRun, expected, fixes }: SetupChecksProps) {
  const { isDirty } = useSetupShell()
  const t = useSetupTexts()
  const passed = report !== undefined && report.checks.every((check) => check.status !== 'fail')
  return (
    <>
      {isDirty && <Text tone="muted">{t('verifyUnsaved')}</Text>}
      {mayRun && (
        <Actions>
          <Button icon="refresh" busy={isPending} variant={isDirty || passed ? 'secondary' : 'primary'} onClick={onRun}>
            {report ? t('verifyAgain') : t('verifyRun')}
          </Button>
        </Actions>
      )}
      {error && <FailureBlock error={error} onRetry={onRun} retrying={isPending} />}
      {(report || isPending) && <CheckSummary report={report} running={isPending} />}
      {report && <CheckList report={report} running={isPending} {...fixes} />}
      {isPending && !report && <ExpectedCheckList ids={expected} running />}
    </>
  )
}
