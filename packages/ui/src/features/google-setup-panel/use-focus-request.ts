import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import type { GoogleSetupStepId } from './setup-step.ts'

export type FocusTarget = { readonly field: string } | { readonly step: GoogleSetupStepId }

/** Moves the focus once what it should go to is on screen. */
export function useFocusRequest(frame: RefObject<HTMLElement | null>): (target: FocusTarget) => void {
  const [target, setTarget] = useState<FocusTarget | null>(null)
  useEffect(() => {
    if (!target) return
    setTarget(null)
    find(frame.current, target)?.focus()
  }, [target, frame])
  return setTarget
}

function find(frame: HTMLElement | null, target: FocusTarget): HTMLElement | null | undefined {
  if ('step' in target) return frame?.querySelector<HTMLElement>(`[data-tn-part="step-header"][id$="-${target.step}-header"]`)
  const control = frame?.querySelector<HTMLElement>(`[id="${target.field}"]`)
  // A field may show its saved fact instead of an input: then its first button stands for it.
  return control?.matches('input, select, textarea') ? control : control?.querySelector<HTMLElement>('input, button')
}
