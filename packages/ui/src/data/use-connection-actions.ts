import type { CheckReport, ConnectionSummary, ConnectResult, UpdateInput } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'

export interface ConnectionActions {
  readonly update: PrivateMutation<UpdateInput, ConnectionSummary>
  /** Starts a new sign-in; its window is opened by the caller. */
  readonly reconnect: PrivateMutation<{ returnTo?: string }, ConnectResult>
  readonly disconnect: PrivateMutation<void, ConnectionSummary>
  readonly remove: PrivateMutation<void, void>
  readonly sync: PrivateMutation<void, ConnectionSummary>
  readonly diagnose: PrivateMutation<void, CheckReport>
}

/** What a person can do with one connection. Each action renews what is shown of it. */
export function useConnectionActions(id: string): ConnectionActions {
  const { client, queryClient, tenantId } = useTenantry()
  const { connections } = client
  const refreshLists = () => queryClient.invalidateQueries({ queryKey: [...queryKeys.connections(tenantId), 'list'] })
  const refreshSetup = () => queryClient.invalidateQueries({ queryKey: queryKeys.googleSetup(tenantId) })
  const show = (connection: ConnectionSummary) => {
    queryClient.setQueryData(queryKeys.connection(tenantId, id), connection)
    void refreshLists()
  }
  const refreshAll = () => {
    void queryClient.invalidateQueries({ queryKey: queryKeys.connections(tenantId) })
  }
  return {
    update: usePrivateMutation((input: UpdateInput) => connections.update(id, input), show, queryClient),
    reconnect: usePrivateMutation((input: { returnTo?: string }) => connections.reconnect(id, input), refreshAll, queryClient),
    disconnect: usePrivateMutation<void, ConnectionSummary>(
      () => connections.disconnect(id),
      (connection) => {
        show(connection)
        void refreshSetup()
      },
      queryClient,
    ),
    remove: usePrivateMutation<void, void>(
      () => connections.remove(id),
      () => {
        queryClient.removeQueries({ queryKey: queryKeys.connection(tenantId, id) })
        void refreshLists()
        void refreshSetup()
      },
      queryClient,
    ),
    sync: usePrivateMutation<void, ConnectionSummary>(() => connections.sync(id), show, queryClient),
    diagnose: usePrivateMutation<void, CheckReport>(
      () => connections.diagnose(id),
      () => undefined,
      queryClient,
    ),
  }
}
