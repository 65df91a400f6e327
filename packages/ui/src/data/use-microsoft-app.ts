import { useQuery } from '@tanstack/react-query'
import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

/** The tenant's Microsoft app as far as the person may read it; `undefined` while it is not known. Nothing is asked unless `enabled`. */
export function useMicrosoftApp({ enabled }: { enabled: boolean }): MicrosoftSetupStatus | undefined {
  const { client, queryClient, tenantId } = useTenantry()
  const { data } = useQuery(
    {
      queryKey: queryKeys.microsoftSetup(tenantId),
      queryFn: ({ signal }) => client.microsoft.status({ signal }),
      enabled,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
  return data
}
