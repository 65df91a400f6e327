import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

const FOLLOW_MS = 30_000

/** One connection, followed while it is on screen. Without an id nothing is asked. */
export function useConnection(id: string | undefined): UseQueryResult<ConnectionSummary, Error> {
  const { client, queryClient, tenantId } = useTenantry()
  return useQuery(
    {
      queryKey: queryKeys.connection(tenantId, id ?? ''),
      queryFn: ({ signal }) => client.connections.get(id ?? '', { signal }),
      enabled: id !== undefined,
      refetchInterval: FOLLOW_MS,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
