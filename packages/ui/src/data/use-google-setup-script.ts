import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

/** The commands for Cloud Shell, or the same for Terraform, with this tenant's names in them. Asked for only when `enabled`. */
export function useGoogleSetupScript({
  enabled,
  as,
}: {
  enabled: boolean
  as: 'cloud_shell' | 'terraform'
}): UseQueryResult<string, Error> {
  const { client, queryClient, tenantId } = useTenantry()
  return useQuery(
    {
      queryKey: [...queryKeys.googleSetup(tenantId), 'script', as],
      queryFn: ({ signal }) => client.google.setupScript({ signal, as }),
      enabled,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
