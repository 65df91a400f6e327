import type { CheckId, CheckReport } from '@tenantry/sdk/wire'
import { CheckList, CheckSummary, ExpectedCheckList } from '../../elements/check-list/index.ts'
import type { CheckActions, CheckWork } from '../../elements/check-list/index.ts'
import { FailureBlock, toFailure, useFailureWords } from '../../elements/failure/index.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { Card, CardSection } from '../../parts/card/card.tsx'
import { Text } from '../../parts/text/text.tsx'
import type { diagnosticsReportMessages } from './diagnostics-report.messages.ts'
import type { SupportBundleModel } from './support-bundle-dialog.tsx'
import { SupportBundleGate } from './support-bundle-gate.tsx'

export interface DiagnosticsReportViewProps {
  t: Translate<(typeof diagnosticsReportMessages)['messages']>
  isSetup: boolean
  report: CheckReport | undefined
  /** The report of the last whole run. */
  whole: CheckReport | undefined
  /** Rows to come, while there is no report. */
  expected: readonly CheckId[]
  running: boolean
  /** Why the last run brought no report. */
  error: Error | null
  work: Readonly<Partial<Record<CheckId, CheckWork>>>
  actions: CheckActions
  /** `null`: this report is not made here. */
  onRun: (() => void) | null
  bundle: SupportBundleModel | null
  headingLevel?: 1 | 2 | 3 | 4 | undefined
  id?: string | undefined
  className?: string | undefined
}

/** Checks and what they found: what to do first, worst first. */
export function DiagnosticsReportView(props: DiagnosticsReportViewProps) {
  const { t, isSetup, report, running, error, onRun, bundle, headingLevel, id, className } = props
  const isForbidden = error !== null && toFailure(error).code === 'forbidden'
  const state = running ? 'running' : isForbidden ? 'forbidden' : error ? (report ? 'stale' : 'error') : report ? 'ready' : 'pending'
  const buttons = (onRun || bundle) && !isForbidden && (
    <>
      {bundle && (
        <Button icon="copy" onClick={bundle.open}>
          {t('copyBundle')}
        </Button>
      )}
      {onRun && (
        <Button icon="refresh" busy={running} variant={report || error ? 'secondary' : 'primary'} onClick={onRun}>
          {t(report ? 'again' : 'run')}
        </Button>
      )}
    </>
  )
  return (
    <Card
      part="diagnostics-report"
      title={t('title')}
      subtitle={t(isSetup ? 'setup' : 'connection')}
      aside={buttons}
      state={state}
      id={id}
      className={className}
      {...(headingLevel && { headingLevel })}
    >
      <CardSection>{isForbidden ? <Forbidden error={error} /> : <Findings {...props} />}</CardSection>
      {bundle && <SupportBundleGate t={t} bundle={bundle} />}
    </Card>
  )
}

function Findings({ t, report, whole, expected, running, error, work, actions, onRun }: DiagnosticsReportViewProps) {
  return (
    <>
      {error && <FailureBlock error={error} onRetry={report ? undefined : (onRun ?? undefined)} retrying={running} />}
      {error && report && (
        <Text size="small" tone="muted">
          {t('stale')}
        </Text>
      )}
      {(report || !error) && <CheckSummary report={report} running={running} rerun={actions.rerun} />}
      {report ? (
        <CheckList report={report} whole={whole} running={running} work={work} actions={actions} />
      ) : (
        !error && <ExpectedCheckList ids={expected} running={running} />
      )}
    </>
  )
}

function Forbidden({ error }: { error: Error }) {
  const { title, detail, remedy } = useFailureWords()(toFailure(error))
  return (
    <Callout tone="neutral" title={title} live="alert">
      {detail} {remedy}
    </Callout>
  )
}
