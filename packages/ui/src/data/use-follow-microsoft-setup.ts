import { useQuery } from '@tanstack/react-query'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

/** Reads the setup again and again while `active`, so that whoever shows it sees what the server does meanwhile. */
export function useFollowMicrosoftSetup(active: boolean, { everyMs }: { readonly everyMs: number }): void {
  const { client, queryClient, tenantId } = useTenantry()
  useQuery(
    {
      queryKey: queryKeys.microsoftSetup(tenantId),
      queryFn: ({ signal }) => client.microsoft.status({ signal }),
      enabled: active,
      refetchInterval: active && everyMs,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
