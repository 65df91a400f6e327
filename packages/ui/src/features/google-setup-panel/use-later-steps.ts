import { useEffect, useState } from 'react'
import type * as laterSteps from './later-steps.ts'

export type LaterStepsModule = typeof laterSteps

export interface LaterSteps {
  readonly steps: LaterStepsModule | null
  readonly error: unknown
  retry(): void
}

/** The steps after the first, fetched once the panel is on screen. Not `lazy`: a suspended server render would not hydrate cleanly. */
export function useLaterSteps(): LaterSteps {
  const [steps, setSteps] = useState<LaterStepsModule | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    import('./later-steps.ts').then(setSteps, setError)
  }, [attempt])
  const retry = () => {
    setError(null)
    setAttempt(attempt + 1)
  }
  return { steps, error, retry }
}
