import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { TenantryClient } from '@tenantry/sdk/client'
import type { CheckReport, GoogleChanges, GoogleSetupStatus, ResetResult } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'

export interface GoogleSetup {
  /** What is set up and what is missing; its error says when that is not known. */
  readonly query: UseQueryResult<GoogleSetupStatus, Error>
  /** Secrets in the changes are sent once and kept nowhere. */
  readonly save: PrivateMutation<GoogleChanges, GoogleSetupStatus>
  readonly test: PrivateMutation<void, CheckReport>
  readonly reset: PrivateMutation<{ credentials: 'keep' | 'delete' }, ResetResult>
}

/** The tenant's Google app: status, save, test and reset. */
export function useGoogleSetup(): GoogleSetup {
  const { client, queryClient, tenantId } = useTenantry()
  const key = queryKeys.googleSetup(tenantId)
  const query = useQuery(
    { queryKey: key, queryFn: ({ signal }) => client.google.status({ signal }), retry: retryFailure, networkMode: 'always' },
    queryClient,
  )
  const refreshConnections = () => queryClient.invalidateQueries({ queryKey: queryKeys.connections(tenantId) })
  const test = usePrivateMutation<void, CheckReport>(
    () => client.google.test(),
    () => undefined,
    queryClient,
  )
  const save = usePrivateMutation(
    (changes: GoogleChanges) => client.google.save(changes),
    async (status) => {
      // A report describes what was saved when it ran; a status still on its way is older than this one.
      test.reset()
      await queryClient.cancelQueries({ queryKey: key })
      queryClient.setQueryData(key, status)
      void queryClient.invalidateQueries({ queryKey: [...key, 'script'] })
      void refreshConnections()
    },
    queryClient,
  )
  const reset = usePrivateMutation(
    (input: Parameters<TenantryClient['google']['reset']>[0]) => client.google.reset(input),
    async (result) => {
      test.reset()
      await queryClient.cancelQueries({ queryKey: key })
      queryClient.setQueryData(key, result.status)
      void refreshConnections()
    },
    queryClient,
  )
  return { query, save, test, reset }
}
