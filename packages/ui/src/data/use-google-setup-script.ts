import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

/** The commands for Cloud Shell, with this tenant's names in them. Asked for only when `enabled`. */
export function useGoogleSetupScript({ enabled }: { enabled: boolean }): UseQueryResult<string, Error> {
  const { client, queryClient, tenantId } = useTenantry()
  return useQuery(
    {
      queryKey: [...queryKeys.googleSetup(tenantId), 'script'],
      queryFn: ({ signal }) => client.google.setupScript({ signal }),
      enabled,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
