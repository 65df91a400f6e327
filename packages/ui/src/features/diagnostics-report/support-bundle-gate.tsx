import { Suspense } from 'react'
import type { SupportBundleDialogProps } from './support-bundle-dialog.tsx'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

const SupportBundleDialog = lazyPart(async () => (await import('./support-bundle-dialog.tsx')).SupportBundleDialog)

/** Loads the dialog when it is first needed. */
export function SupportBundleGate(props: SupportBundleDialogProps) {
  if (!props.bundle.isOpen) return null
  return (
    <Suspense fallback={null}>
      <SupportBundleDialog {...props} />
    </Suspense>
  )
}
