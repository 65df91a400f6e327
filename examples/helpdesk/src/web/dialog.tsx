import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

interface DialogProps {
  className?: string
  /** Its name, when no heading in it says that. */
  label?: string
  labelledBy?: string
  onClose: () => void
  children: ReactNode
}

/** The browser's own modal dialog: it holds the focus, closes on Escape, and gives the focus back. */
export function Dialog({ className = '', label, labelledBy, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={`dialog ${className}`} aria-label={label} aria-labelledby={labelledBy} onClose={onClose}>
      {children}
    </dialog>
  )
}
