import { useCallback, useEffect, useState } from 'react'
import type { ComponentType } from 'react'

/** By step. */
export type StepContents = Readonly<Partial<Record<string, ComponentType>>>

export interface LaterSteps {
  readonly steps: StepContents | null
  readonly error: unknown
  retry(): void
}

/**
 * The steps after the first, fetched once the panel is on screen. Not `lazy`: a suspended server render would not hydrate cleanly.
 * @param fetchSteps keep its identity stable
 */
export function useLaterSteps(fetchSteps: () => Promise<StepContents>): LaterSteps {
  const [steps, setSteps] = useState<StepContents | null>(null)
  const [error, setError] = useState<unknown>(null)
  const load = useCallback(
    () =>
      fetchSteps().then(
        (fetched) => setSteps(fetched),
        (failure: unknown) => setError(failure),
      ),
    [fetchSteps],
  )
  useEffect(() => {
    void load()
  }, [load])
  const retry = () => {
    setError(null)
    void load()
  }
  return { steps, error, retry }
}
