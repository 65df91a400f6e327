import { Suspense } from 'react'
import { useSetupShell } from './setup-shell.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

const ResetDialog = lazyPart(async () => (await import('./reset-dialog.tsx')).ResetDialog)
const GoodbyeLine = lazyPart(async () => (await import('./goodbye-line.tsx')).GoodbyeLine)

/** Loads the dialog when it is first needed. */
export function ResetGate() {
  const { resetView } = useSetupShell()
  if (resetView === null) return null
  return (
    <Suspense fallback={null}>
      <ResetDialog view={resetView} />
    </Suspense>
  )
}

/** Loads the line when something has ended. */
export function GoodbyeGate() {
  const { goodbye } = useSetupShell()
  if (goodbye === null) return null
  return (
    <Suspense fallback={null}>
      <GoodbyeLine goodbye={goodbye} />
    </Suspense>
  )
}
