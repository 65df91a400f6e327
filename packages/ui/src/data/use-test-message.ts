import { useTenantry } from '../provider/tenantry-context.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'

/** Sends a message from a connected mailbox to whoever signed in. Answers to whom. */
export function useTestMessage(connectionId: string): PrivateMutation<void, { readonly to: string }> {
  const { client, queryClient } = useTenantry()
  return usePrivateMutation<void, { readonly to: string }>(
    () => client.connections.testMessage(connectionId),
    () => undefined,
    queryClient,
  )
}
