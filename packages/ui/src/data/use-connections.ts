import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { isSettingUp } from './is-setting-up.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

const FOLLOW_MS = 30_000
const SETTING_UP_MS = 2_000

export interface ConnectionsFilter {
  /** A provider's name, such as `gmail`; default all. */
  readonly provider?: string
}

/** The connections that the person may see. `enabled: false` asks nothing; `follow` asks again every 30 s while it is on screen, and sooner while one is being set up. */
export function useConnections(
  { provider }: ConnectionsFilter = {},
  { enabled = true, follow = false }: { enabled?: boolean; follow?: boolean } = {},
): UseQueryResult<readonly ConnectionSummary[], Error> {
  const { client, queryClient, tenantId } = useTenantry()
  return useQuery(
    {
      queryKey: queryKeys.connectionList(tenantId, provider),
      queryFn: ({ signal }) => client.connections.list(provider === undefined ? {} : { provider }, { signal }),
      enabled,
      refetchInterval: ({ state }) => follow && (state.data?.some(isSettingUp) ? SETTING_UP_MS : FOLLOW_MS),
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
