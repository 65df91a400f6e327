import { useCallback, useEffect, useState } from 'react'

export interface LaterSteps<Steps> {
  readonly steps: Steps | null
  readonly error: unknown
  retry(): void
}

/**
 * The steps after the first, fetched once the panel is on screen. Not `lazy`: a suspended server render would not hydrate cleanly.
 * @param fetchSteps keep its identity stable
 */
export function useLaterSteps<Steps>(fetchSteps: () => Promise<Steps>): LaterSteps<Steps> {
  const [steps, setSteps] = useState<Steps | null>(null)
  const [error, setError] = useState<unknown>(null)
  const load = useCallback(
    () =>
      fetchSteps().then(
        (fetched) => setSteps(() => fetched),
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
