import { lazy, Suspense } from 'react'
import type { ResetDialogProps } from './reset-dialog.tsx'
import { useSetupShell } from './setup-shell.ts'

const ResetDialog = lazy(async () => ({ default: (await import('./reset-dialog.tsx')).ResetDialog }))
const GoodbyeLine = lazy(async () => ({ default: (await import('./goodbye-line.tsx')).GoodbyeLine }))

/** Loads the dialog when it is first needed. */
export function ResetGate({ view, ...props }: Omit<ResetDialogProps, 'view'> & { view: ResetDialogProps['view'] | null }) {
  if (view === null) return null
  return (
    <Suspense fallback={null}>
      <ResetDialog view={view} {...props} />
    </Suspense>
  )
}

/** Loads the line when there was a reset. */
export function GoodbyeGate() {
  const { goodbye } = useSetupShell()
  if (goodbye === null) return null
  return (
    <Suspense fallback={null}>
      <GoodbyeLine goodbye={goodbye} />
    </Suspense>
  )
}
