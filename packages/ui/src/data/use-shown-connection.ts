import type { QueryKey } from '@tanstack/react-query'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'

export interface ShownConnection {
  readonly keys: { readonly one: QueryKey; readonly lists: QueryKey }
  /** As the server answered it, everywhere it is shown. */
  readonly show: (connection: ConnectionSummary) => void
  /** The lists that hold it show it as it is now, before they are read again. */
  readonly replaceInLists: (change: (before: ConnectionSummary) => ConnectionSummary) => void
  readonly refreshLists: () => void
  /** What the vendors' setups say depends on which connections there are. */
  readonly refreshSetup: () => void
}

/** Where one connection is shown: by itself and in lists. */
export function useShownConnection(id: string): ShownConnection {
  const { queryClient, tenantId } = useTenantry()
  const keys = { one: queryKeys.connection(tenantId, id), lists: [...queryKeys.connections(tenantId), 'list'] }
  const refresh = (queryKey: QueryKey) => void queryClient.invalidateQueries({ queryKey })
  const refreshLists = () => refresh(keys.lists)
  const replaceInLists = (change: (before: ConnectionSummary) => ConnectionSummary) =>
    void queryClient.setQueriesData<readonly ConnectionSummary[]>({ queryKey: keys.lists }, (list) =>
      list?.map((entry) => (entry.id === id ? change(entry) : entry)),
    )
  return {
    keys,
    show(connection) {
      queryClient.setQueryData(keys.one, connection)
      replaceInLists(() => connection)
      refreshLists()
    },
    replaceInLists,
    refreshLists,
    refreshSetup() {
      refresh(queryKeys.googleSetup(tenantId))
      refresh(queryKeys.microsoftSetup(tenantId))
    },
  }
}
