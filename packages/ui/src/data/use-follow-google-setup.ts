import { useQuery } from '@tanstack/react-query'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

const FOLLOW_MS = 1_000

/** Reads the setup every second while `active`, so that whoever shows it sees what the server does meanwhile. */
export function useFollowGoogleSetup(active: boolean): void {
  const { client, queryClient, tenantId } = useTenantry()
  useQuery(
    {
      queryKey: queryKeys.googleSetup(tenantId),
      queryFn: ({ signal }) => client.google.status({ signal }),
      enabled: active,
      refetchInterval: active && FOLLOW_MS,
      // People paste commands elsewhere while we wait for what comes of it.
      refetchIntervalInBackground: true,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
