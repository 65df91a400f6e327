import type { Check, CheckReport, Fix } from '@tenantry/sdk/wire'
import { useEffect, useRef, useState } from 'react'
import { useDiagnostics } from '../../data/use-diagnostics.ts'
import { useSupportBundle } from '../../data/use-support-bundle.ts'
import type { CheckActions } from '../../elements/check-list/index.ts'
import { toFailure } from '../../elements/failure/index.ts'
import { useTenantry } from '../../provider/tenantry-context.ts'
import type { DiagnosticsReportViewProps } from './diagnostics-report.view.tsx'
import type { DiagnosticsReportProps } from './report-props.ts'
import type { SupportBundleModel } from './support-bundle-dialog.tsx'

const component = 'diagnostics-report'

type ReportState = Pick<DiagnosticsReportViewProps, 'report' | 'whole' | 'running' | 'error' | 'work' | 'actions' | 'onRun' | 'bundle'>

/** A report that is made here: runs it, mends what can be mended, and tells the host. */
export function useDiagnosticsReport(props: DiagnosticsReportProps): ReportState {
  const { scope, checks, autoRun = false, onFinish, onFix, showSupportBundle = true } = props
  const { emit, now } = useTenantry()
  const diagnostics = useDiagnostics(scope, { checks })
  const bundle = useBundle(props)
  const about = { component, ...(scope !== 'setup' && { connectionId: scope.connectionId }) }

  const run = async () => {
    const startedAt = now()
    emit({ type: 'diagnostics.started', ...about })
    const report = await diagnostics.run()
    if (report === null) return
    emit({ type: 'diagnostics.finished', ...about, durationMs: now() - startedAt })
    onFinish?.(report)
  }
  // Once on screen, and not at each new callback of the host.
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (autoRun) void latest.current()
  }, [autoRun])

  const actions: CheckActions = {
    rerun: (ids) => void diagnostics.rerun(ids),
    canFix: ({ id, automatic }: Fix) => (automatic ? diagnostics.canFix(id) : onFix !== undefined),
    fix(check: Check, { id, automatic }: Fix) {
      if (automatic && diagnostics.canFix(id)) void diagnostics.fix(check.id, id)
      else onFix?.(check.id, id)
    },
  }
  return {
    report: diagnostics.diagnosis?.report,
    whole: diagnostics.diagnosis?.whole,
    // From the first render on, so that nothing flickers.
    running: diagnostics.isRunning || (autoRun && !diagnostics.diagnosis && !diagnostics.error),
    error: diagnostics.error,
    work: diagnostics.progress,
    actions,
    onRun: () => void run(),
    bundle: showSupportBundle && !isForbidden(diagnostics.error) ? bundle : null,
  }
}

/** A report that the host already has. */
export function showReport(report: CheckReport, onFix: DiagnosticsReportProps['onFix']): ReportState {
  return {
    report,
    whole: report,
    running: false,
    error: null,
    work: {},
    actions: {
      canFix: ({ automatic }) => !automatic && onFix !== undefined,
      fix: (check, { id }) => onFix?.(check.id, id),
    },
    onRun: null,
    bundle: null,
  }
}

function useBundle({ scope, redact = 'identifiers' }: DiagnosticsReportProps): SupportBundleModel {
  const { run, reset, data, error, isPending } = useSupportBundle(scope)
  const [isOpen, setOpen] = useState(false)
  const [addresses, setAddresses] = useState(false)
  const load = (withAddresses: boolean) => {
    setAddresses(withAddresses)
    // The dialog shows the failure; nobody else waits for this.
    run({ addresses: withAddresses }).catch(() => undefined)
  }
  return {
    isOpen,
    open() {
      setOpen(true)
      load(false)
    },
    close() {
      setOpen(false)
      reset()
    },
    content: isPending || !data ? null : JSON.stringify(data, null, 2),
    error,
    isLoading: isPending,
    load: () => load(addresses),
    addresses: redact === 'strict' ? null : { included: addresses, include: load },
  }
}

function isForbidden(error: Error | null): boolean {
  return error !== null && toFailure(error).code === 'forbidden'
}
