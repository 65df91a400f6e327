import { useQuery } from '@tanstack/react-query'
import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

/** The tenant's Google app as far as the person may read it; `undefined` while it is not known. Nothing is asked unless `enabled`. */
export function useGoogleApp({ enabled }: { enabled: boolean }): GoogleSetupStatus | undefined {
  const { client, queryClient, tenantId } = useTenantry()
  const { data } = useQuery(
    {
      queryKey: queryKeys.googleSetup(tenantId),
      queryFn: ({ signal }) => client.google.status({ signal }),
      enabled,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
  return data
}
