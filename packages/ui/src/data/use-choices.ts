import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Choices } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { retryFailure } from './retry-failure.ts'

/** What can be chosen in a connection's account now, by the name of the setting: asked of the provider. Without an id nothing is asked. */
export function useChoices(id: string | undefined): UseQueryResult<Choices['choices'], Error> {
  const { client, queryClient, tenantId } = useTenantry()
  return useQuery(
    {
      queryKey: [...queryKeys.connection(tenantId, id ?? ''), 'choices'],
      queryFn: async ({ signal }) => (await client.connections.choices(id ?? '', { signal })).choices,
      enabled: id !== undefined,
      retry: retryFailure,
      networkMode: 'always',
    },
    queryClient,
  )
}
