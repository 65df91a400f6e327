import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'

/** Makes another connection on the sign-in of this one. */
export function useConnectAnother(
  id: string,
): PrivateMutation<{ readonly settings: Readonly<Record<string, unknown>> }, ConnectionSummary> {
  const { client, queryClient, tenantId } = useTenantry()
  return usePrivateMutation(
    (input) => client.connections.connectAnother(id, input),
    (connection) => {
      queryClient.setQueryData(queryKeys.connection(tenantId, connection.id), connection)
      void queryClient.invalidateQueries({ queryKey: [...queryKeys.connections(tenantId), 'list'] })
      void queryClient.invalidateQueries({ queryKey: queryKeys.googleSetup(tenantId) })
    },
    queryClient,
  )
}
