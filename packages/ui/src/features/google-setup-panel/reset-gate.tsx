import { lazy, Suspense } from 'react'
import type { GoogleSetup } from '../../data/use-google-setup.ts'
import type { ResetDialogProps } from './reset-dialog.tsx'
import { useSetupModel } from './setup-context.ts'

const ResetDialog = lazy(async () => ({ default: (await import('./reset-dialog.tsx')).ResetDialog }))

export interface ResetGateProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  reset: GoogleSetup['reset']
  onFinished: ResetDialogProps['onFinished']
}

/** Loads the dialog when it is first needed. */
export function ResetGate({ open, ...props }: ResetGateProps) {
  const { t, status } = useSetupModel()
  if (!open) return null
  return (
    <Suspense fallback={null}>
      <ResetDialog t={t} connections={status.connections.gmail + status.connections.calendar} {...props} />
    </Suspense>
  )
}
