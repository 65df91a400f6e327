import { DiagnosticsReport } from '@tenantry/ui/diagnostics-report'
import { Dialog } from '../dialog.tsx'
import { useWords } from '../preferences.tsx'

interface ConnectionChecksProps {
  connectionId: string
  /** Shows the connection's form. */
  onOpen: (connectionId: string) => void
  onClose: () => void
}

/** Why a connection does not work, in a dialog over the page. */
export function ConnectionChecks({ connectionId, onOpen, onClose }: ConnectionChecksProps) {
  const t = useWords()
  return (
    <Dialog className="checks" label={t.checks} onClose={onClose}>
      <DiagnosticsReport scope={{ connectionId }} autoRun onFix={(_, fix) => (fix === 'open_setup' ? onClose() : onOpen(connectionId))} />
      <form method="dialog">
        <button className="button">{t.close}</button>
      </form>
    </Dialog>
  )
}
