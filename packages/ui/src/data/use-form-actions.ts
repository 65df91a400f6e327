import type { ConnectionSummary, DisconnectInput, UpdateInput } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'
import { useShownConnection } from './use-shown-connection.ts'

export interface FormActions {
  readonly update: PrivateMutation<UpdateInput, ConnectionSummary>
  /** Also takes the access back in the account, unless told otherwise. */
  readonly disconnect: PrivateMutation<DisconnectInput | void, ConnectionSummary>
  readonly sync: PrivateMutation<void, ConnectionSummary>
  /** Opens the push pipe anew. */
  readonly repair: PrivateMutation<void, ConnectionSummary>
}

/** What a connection's own form does with it; all else stands in `useConnectionActions`. */
export function useFormActions(id: string): FormActions {
  const { client, queryClient } = useTenantry()
  const { connections } = client
  const { show, refreshSetup } = useShownConnection(id)
  return {
    update: usePrivateMutation((input: UpdateInput) => connections.update(id, input), show, queryClient),
    disconnect: usePrivateMutation<DisconnectInput | void, ConnectionSummary>(
      (input) => connections.disconnect(id, input ?? {}),
      (connection) => {
        show(connection)
        refreshSetup()
      },
      queryClient,
    ),
    sync: usePrivateMutation<void, ConnectionSummary>(() => connections.sync(id), show, queryClient),
    repair: usePrivateMutation<void, ConnectionSummary>(() => connections.repair(id), show, queryClient),
  }
}
