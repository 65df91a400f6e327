import { useEffect, useRef, useState } from 'react'
import { useTenantry } from '../provider/tenantry-context.ts'

interface Read {
  readonly dataUpdatedAt: number
  readonly isRefetchError: boolean
}

/** When the shown data is from, by the provider's clock (ISO 8601), if the last refresh failed; otherwise `null`. */
export function useStaleSince({ dataUpdatedAt, isRefetchError }: Read): string | null {
  const { now } = useTenantry()
  const clock = useRef(now)
  const [readAt, setReadAt] = useState<number | null>(null)
  useEffect(() => {
    clock.current = now
  })
  // The query's own time is the machine's, which a host's clock need not agree with.
  useEffect(() => {
    if (dataUpdatedAt > 0) setReadAt(clock.current())
  }, [dataUpdatedAt])
  return isRefetchError && readAt !== null ? new Date(readAt).toISOString() : null
}
