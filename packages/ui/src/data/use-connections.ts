import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

export interface ConnectionsFilter {
  /** A provider's name, such as `gmail`; default all. */
  readonly provider?: string
}

/** The connections that the person may see. `enabled: false` asks nothing. */
export function useConnections(
  { provider }: ConnectionsFilter = {},
  { enabled = true }: { enabled?: boolean } = {},
): UseQueryResult<readonly ConnectionSummary[], Error> {
  const { client, queryClient, tenantId } = useTenantry()
  return useQuery(
    {
      queryKey: queryKeys.connectionList(tenantId, provider),
      queryFn: ({ signal }) => client.connections.list(provider === undefined ? {} : { provider }, { signal }),
      enabled,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
