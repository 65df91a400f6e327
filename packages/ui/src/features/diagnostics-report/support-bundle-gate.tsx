import { lazy, Suspense } from 'react'
import type { SupportBundleDialogProps } from './support-bundle-dialog.tsx'

const SupportBundleDialog = lazy(async () => ({ default: (await import('./support-bundle-dialog.tsx')).SupportBundleDialog }))

/** Loads the dialog when it is first needed. */
export function SupportBundleGate(props: SupportBundleDialogProps) {
  if (!props.bundle.isOpen) return null
  return (
    <Suspense fallback={null}>
      <SupportBundleDialog {...props} />
    </Suspense>
  )
}
