import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTenantry } from '../provider/tenantry-context.ts'
import { retryFailure } from './retry-failure.ts'

/** What a tenant has set up at a vendor, as far as the person may read it. Nothing is asked unless `enabled`. */
export function useVendorStatus<Status>(
  queryKey: readonly unknown[],
  read: (options: { signal: AbortSignal }) => Promise<Status>,
  enabled = true,
): UseQueryResult<Status, Error> {
  const { queryClient } = useTenantry()
  return useQuery({ queryKey, queryFn: ({ signal }) => read({ signal }), enabled, retry: retryFailure, networkMode: 'always' }, queryClient)
}
