import type { SupportBundle } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import type { DiagnosticsScope } from './diagnosis.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'

/** Facts for whoever helps: no secrets, tokens or message content. Without `addresses`, the names in front of each @ are hashed. */
export function useSupportBundle(scope: DiagnosticsScope): PrivateMutation<{ addresses: boolean }, SupportBundle> {
  const { client, queryClient } = useTenantry()
  const connectionId = scope === 'setup' ? null : scope.connectionId
  return usePrivateMutation(
    (input: { addresses: boolean }) =>
      connectionId === null ? client.google.supportBundle(input) : client.connections.supportBundle(connectionId, input),
    () => undefined,
    queryClient,
  )
}
