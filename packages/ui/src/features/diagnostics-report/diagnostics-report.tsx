import type { CheckReport } from '@tenantry/sdk/wire'
import { useConnection } from '../../data/use-connection.ts'
import { VendorWords } from '../../elements/failure/vendor-words.tsx'
import { kindOf } from '../../elements/provider-kind/provider-kind.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { VendorScope } from '../../locales/vendor.tsx'
import { PartClassNamesScope } from '../../parts/environment/part-class-names.tsx'
import { showReport, useDiagnosticsReport } from './diagnostics-report.controller.ts'
import { diagnosticsReportMessages } from './diagnostics-report.messages.ts'
import { DiagnosticsReportView } from './diagnostics-report.view.tsx'
import { expectChecks } from '../../elements/check-list/index.ts'
import type { DiagnosticsReportProps } from './report-props.ts'

/** Checks the Google setup or one connection, whoever's it is, says what to fix first, and fixes what it can by itself. */
export function DiagnosticsReport(props: DiagnosticsReportProps) {
  const { scope, report, classNames } = props
  return (
    <PartClassNamesScope classNames={classNames}>
      {report ? <GivenReport {...props} report={report} /> : <OwnReport key={scope === 'setup' ? scope : scope.connectionId} {...props} />}
    </PartClassNamesScope>
  )
}

function OwnReport(props: DiagnosticsReportProps) {
  const { scope } = props
  const { data: connection } = useConnection(scope === 'setup' ? undefined : scope.connectionId)
  return (
    <VendorScope vendor={(connection && kindOf(connection.provider).vendor) ?? 'google'}>
      <VendorWords>
        <ReportFrame {...props} />
      </VendorWords>
    </VendorScope>
  )
}

function ReportFrame(props: DiagnosticsReportProps) {
  return <DiagnosticsReportView {...useFrame(props)} {...useDiagnosticsReport(props)} />
}

function GivenReport(props: DiagnosticsReportProps & { report: CheckReport }) {
  return <DiagnosticsReportView {...useFrame(props)} {...showReport(props.report, props.onFix)} />
}

function useFrame({ scope, checks, headingLevel, id, className, messages }: DiagnosticsReportProps) {
  const t = useMessages(diagnosticsReportMessages, messages)
  const isSetup = scope === 'setup'
  return { t, isSetup, expected: expectChecks(isSetup, checks), headingLevel, id, className }
}
