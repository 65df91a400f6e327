import type { QueryClient } from '@tanstack/react-query'
import type { CheckReport, ConnectionSummary, ConnectResult, DisconnectInput, UpdateInput } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'

export interface ConnectionActions {
  readonly update: PrivateMutation<UpdateInput, ConnectionSummary>
  /** Shows as paused at once, and as before when it does not work. */
  readonly pause: PrivateMutation<void, ConnectionSummary>
  readonly resume: PrivateMutation<void, ConnectionSummary>
  /** Starts a new sign-in; its window is opened by the caller. */
  readonly reconnect: PrivateMutation<{ returnTo?: string }, ConnectResult>
  /** Also takes the access back in the account, unless told otherwise. */
  readonly disconnect: PrivateMutation<DisconnectInput | void, ConnectionSummary>
  readonly remove: PrivateMutation<void, void>
  readonly sync: PrivateMutation<void, ConnectionSummary>
  /** Opens the push pipe anew. */
  readonly repair: PrivateMutation<void, ConnectionSummary>
  /** Tries what was set aside again; answers how many. */
  readonly redrive: PrivateMutation<void, { readonly redriven: number }>
  readonly diagnose: PrivateMutation<void, CheckReport>
}

/** What a person can do with one connection. Each action renews what is shown of it. */
export function useConnectionActions(id: string): ConnectionActions {
  const { client, queryClient, tenantId, now } = useTenantry()
  const { connections } = client
  const keys = { one: queryKeys.connection(tenantId, id), lists: [...queryKeys.connections(tenantId), 'list'] }
  const refreshLists = () => queryClient.invalidateQueries({ queryKey: keys.lists })
  const refreshSetup = async () => {
    const keysOfSetups = [queryKeys.googleSetup(tenantId), queryKeys.microsoftSetup(tenantId)]
    await Promise.all(keysOfSetups.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
  }
  const show = (connection: ConnectionSummary) => {
    queryClient.setQueryData(keys.one, connection)
    replaceInLists(queryClient, keys.lists, id, () => connection)
    void refreshLists()
  }
  const refreshAll = () => {
    void queryClient.invalidateQueries({ queryKey: queryKeys.connections(tenantId) })
  }
  const pause = async () => {
    // An answer still on its way says what was before.
    await Promise.all([queryClient.cancelQueries({ queryKey: keys.one }), queryClient.cancelQueries({ queryKey: keys.lists })])
    const before = queryClient.getQueriesData({ queryKey: queryKeys.connections(tenantId) })
    const since = new Date(now()).toISOString()
    const asPaused = (shown: ConnectionSummary): ConnectionSummary => ({
      ...shown,
      health: { ...shown.health, status: 'paused', reason: null, since, nextAttemptAt: null },
    })
    queryClient.setQueryData<ConnectionSummary>(keys.one, (shown) => shown && asPaused(shown))
    replaceInLists(queryClient, keys.lists, id, asPaused)
    try {
      return await connections.update(id, { paused: true })
    } catch (error) {
      for (const [key, shown] of before) queryClient.setQueryData(key, shown)
      throw error
    }
  }
  return {
    update: usePrivateMutation((input: UpdateInput) => connections.update(id, input), show, queryClient),
    pause: usePrivateMutation<void, ConnectionSummary>(pause, show, queryClient),
    resume: usePrivateMutation<void, ConnectionSummary>(() => connections.update(id, { paused: false }), show, queryClient),
    reconnect: usePrivateMutation((input: { returnTo?: string }) => connections.reconnect(id, input), refreshAll, queryClient),
    disconnect: usePrivateMutation<DisconnectInput | void, ConnectionSummary>(
      (input) => connections.disconnect(id, input ?? {}),
      (connection) => {
        show(connection)
        void refreshSetup()
      },
      queryClient,
    ),
    remove: usePrivateMutation<void, void>(
      () => connections.remove(id),
      () => {
        queryClient.removeQueries({ queryKey: keys.one })
        queryClient.setQueriesData<readonly ConnectionSummary[]>({ queryKey: keys.lists }, (list) =>
          list?.filter((entry) => entry.id !== id),
        )
        void refreshLists()
        void refreshSetup()
      },
      queryClient,
    ),
    sync: usePrivateMutation<void, ConnectionSummary>(() => connections.sync(id), show, queryClient),
    repair: usePrivateMutation<void, ConnectionSummary>(() => connections.repair(id), show, queryClient),
    redrive: usePrivateMutation<void, { readonly redriven: number }>(() => connections.redrive(id), refreshAll, queryClient),
    diagnose: usePrivateMutation<void, CheckReport>(
      () => connections.diagnose(id),
      () => undefined,
      queryClient,
    ),
  }
}

/** The lists that hold a connection show it as it is now, before they are read again. */
function replaceInLists(
  queryClient: QueryClient,
  queryKey: readonly unknown[],
  id: string,
  change: (before: ConnectionSummary) => ConnectionSummary,
): void {
  queryClient.setQueriesData<readonly ConnectionSummary[]>({ queryKey }, (list) =>
    list?.map((entry) => (entry.id === id ? change(entry) : entry)),
  )
}
