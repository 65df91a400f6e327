import { useQuery } from '@tanstack/react-query'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

const FOLLOW_MS = 1_000

export interface FollowOptions {
  /** Milliseconds; default one second. */
  readonly everyMs?: number
  /** Default true: people paste commands elsewhere while we wait for what comes of it. */
  readonly whenHidden?: boolean
}

/** Reads the setup again and again while `active`, so that whoever shows it sees what the server does meanwhile. */
export function useFollowGoogleSetup(active: boolean, { everyMs = FOLLOW_MS, whenHidden = true }: FollowOptions = {}): void {
  const { client, queryClient, tenantId } = useTenantry()
  useQuery(
    {
      queryKey: queryKeys.googleSetup(tenantId),
      queryFn: ({ signal }) => client.google.status({ signal }),
      enabled: active,
      refetchInterval: active && everyMs,
      refetchIntervalInBackground: whenHidden,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
