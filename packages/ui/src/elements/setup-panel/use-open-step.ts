import { useEffect, useRef, useState } from 'react'
import type { UiEvent } from '../../provider/ui-event.ts'

interface OpenableStep<Id extends string> {
  readonly id: Id
  readonly isReachable: boolean
  readonly isComplete: boolean
}

export interface OpenStepOptions<Id extends string> {
  /** The panel's name in events. */
  readonly component: string
  readonly steps: readonly OpenableStep<Id>[]
  readonly initial: Id | undefined
  /** Set by the host: then the host decides. */
  readonly controlled: Id | null | undefined
  /** All is set up: nothing asks for attention by itself. */
  readonly startClosed: boolean
  readonly keepOneOpen: boolean
  readonly onChange: ((step: Id | null) => void) | undefined
  readonly emit: (event: UiEvent) => void
}

/** Which step is open. It opens by the first look at the settings and then only by the person or the host. */
export function useOpenStep<Id extends string>({
  component,
  steps,
  initial,
  controlled,
  startClosed,
  keepOneOpen,
  onChange,
  emit,
}: OpenStepOptions<Id>) {
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
    if (open) report.current({ type: 'setup.step_viewed', component, step: open })
  }, [open, component])
  const complete = steps.filter((step) => step.isComplete).map((step) => step.id)
  useCompletions(component, complete, report)
  const change = (step: Id | null) => {
    if (step === null && keepOneOpen) return
    setOwn(step)
    onChange?.(step)
  }
  return [open, change] as const
}

function useCompletions(component: string, complete: readonly string[], report: { readonly current: (event: UiEvent) => void }): void {
  const before = useRef(complete)
  const key = complete.join()
  useEffect(() => {
    const now = key === '' ? [] : key.split(',')
    const added = now.filter((step) => !before.current.includes(step))
    before.current = now
    for (const step of added) report.current({ type: 'setup.step_completed', component, step })
  }, [component, key, report])
}

/** The step to do now: the first that is neither complete nor locked. */
export function firstOpenStep<Id extends string>(steps: readonly OpenableStep<Id>[]): Id | null {
  return steps.find((step) => step.isReachable && !step.isComplete)?.id ?? null
}
