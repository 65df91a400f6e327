import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

export type FocusTarget = { readonly field: string } | { readonly step: string }

export interface FocusRequest {
  /** Moves the focus as soon as the target is on screen. */
  request(target: FocusTarget): void
  /** Looks again: something new is on screen. */
  retry(): void
}

/** Moves the focus to a field or a step, also when its step has yet to open or to load. */
export function useFocusRequest(frame: RefObject<HTMLElement | null>): FocusRequest {
  const wanted = useRef<FocusTarget | null>(null)
  const retry = () => {
    const element = wanted.current && find(frame.current, wanted.current)
    if (!element) return
    wanted.current = null
    element.focus()
  }
  // After every render: the step opens in the render that follows the request.
  useEffect(retry)
  return {
    request(target) {
      wanted.current = target
    },
    retry,
  }
}

function find(frame: HTMLElement | null, target: FocusTarget): HTMLElement | null | undefined {
  if ('step' in target) return frame?.querySelector<HTMLElement>(`[data-tn-part="step-header"][id$="-${target.step}-header"]`)
  const control = frame?.querySelector<HTMLElement>(`[id="${target.field}"]`)
  // A field may show its saved fact instead of an input: then its first button stands for it.
  if (control?.matches('input, select, textarea')) return control
  return control?.querySelector<HTMLElement>('input:checked') ?? control?.querySelector<HTMLElement>('input, button')
}
