import { useEffect, useRef, useState } from 'react'
import type { UiEvent } from '../../provider/ui-event.ts'
import { firstOpenStep } from './setup-step.ts'
import type { GoogleSetupStepId, SetupStep } from './setup-step.ts'

export interface OpenStepOptions {
  readonly steps: readonly SetupStep[]
  readonly initial: GoogleSetupStepId | undefined
  /** Set by the host: then the host decides. */
  readonly controlled: GoogleSetupStepId | null | undefined
  /** All is set up: nothing asks for attention by itself. */
  readonly startClosed: boolean
  readonly keepOneOpen: boolean
  readonly onChange: ((step: GoogleSetupStepId | null) => void) | undefined
  readonly emit: (event: UiEvent) => void
}

/** Which step is open. It opens by the first look at the settings and then only by the person or the host. */
export function useOpenStep({ steps, initial, controlled, startClosed, keepOneOpen, onChange, emit }: OpenStepOptions) {
  const [own, setOwn] = useState(() => {
    if (initial) return initial
    if (keepOneOpen) return firstOpenStep(steps) ?? steps[0]?.id ?? null
    return startClosed ? null : firstOpenStep(steps)
  })
  const open = controlled === undefined ? own : controlled
  const report = useRef(emit)
  useEffect(() => {
    report.current = emit
  })
  useEffect(() => {
    if (open) report.current({ type: 'setup.step_viewed', component: 'google-setup-panel', step: open })
  }, [open])
  const complete = steps.filter((step) => step.isComplete).map((step) => step.id)
  useCompletions(complete, report)
  const change = (step: GoogleSetupStepId | null) => {
    if (step === null && keepOneOpen) return
    setOwn(step)
    onChange?.(step)
  }
  return [open, change] as const
}

function useCompletions(complete: readonly GoogleSetupStepId[], report: { readonly current: (event: UiEvent) => void }): void {
  const before = useRef(complete)
  const key = complete.join()
  useEffect(() => {
    const now = key === '' ? [] : (key.split(',') as GoogleSetupStepId[])
    const added = now.filter((step) => !before.current.includes(step))
    before.current = now
    for (const step of added) report.current({ type: 'setup.step_completed', component: 'google-setup-panel', step })
  }, [key, report])
}
