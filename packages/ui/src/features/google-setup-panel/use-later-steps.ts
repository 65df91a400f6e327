import { useCallback, useEffect, useState } from 'react'
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
  const load = useCallback(() => import('./later-steps.ts').then(setSteps, setError), [])
  useEffect(() => {
    void load()
  }, [load])
  const retry = () => {
    setError(null)
    void load()
  }
  return { steps, error, retry }
}
