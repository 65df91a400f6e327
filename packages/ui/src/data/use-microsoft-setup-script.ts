import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

/** The commands for Azure Cloud Shell, with this tenant's names in them. */
export function useMicrosoftSetupScript(): UseQueryResult<string, Error> {
  const { client, queryClient, tenantId } = useTenantry()
  return useQuery(
    {
      queryKey: [...queryKeys.microsoftSetup(tenantId), 'script'],
      queryFn: ({ signal }) => client.microsoft.setupScript({ signal }),
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
