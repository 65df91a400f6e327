import type { CheckReport, ConnectionSummary, ConnectResult } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { useFormActions } from './use-form-actions.ts'
import type { FormActions } from './use-form-actions.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'
import { useShownConnection } from './use-shown-connection.ts'

export interface ConnectionActions extends FormActions {
  /** Shows as paused at once, and as before when it does not work. */
  readonly pause: PrivateMutation<void, ConnectionSummary>
  readonly resume: PrivateMutation<void, ConnectionSummary>
  /** Starts a new sign-in; its window is opened by the caller. */
  readonly reconnect: PrivateMutation<{ returnTo?: string }, ConnectResult>
  readonly remove: PrivateMutation<void, void>
  /** Tries what was set aside again; answers how many. */
  readonly redrive: PrivateMutation<void, { readonly redriven: number }>
  readonly diagnose: PrivateMutation<void, CheckReport>
}

/** What a person can do with one connection. Each action renews what is shown of it. */
export function useConnectionActions(id: string): ConnectionActions {
  const { client, queryClient, tenantId, now } = useTenantry()
  const { connections } = client
  const { keys, show, replaceInLists, refreshLists, refreshSetup } = useShownConnection(id)
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
    replaceInLists(asPaused)
    try {
      return await connections.update(id, { paused: true })
    } catch (error) {
      for (const [key, shown] of before) queryClient.setQueryData(key, shown)
      throw error
    }
  }
  return {
    ...useFormActions(id),
    pause: usePrivateMutation<void, ConnectionSummary>(pause, show, queryClient),
    resume: usePrivateMutation<void, ConnectionSummary>(() => connections.update(id, { paused: false }), show, queryClient),
    reconnect: usePrivateMutation((input: { returnTo?: string }) => connections.reconnect(id, input), refreshAll, queryClient),
    remove: usePrivateMutation<void, void>(
      () => connections.remove(id),
      () => {
        queryClient.removeQueries({ queryKey: keys.one })
        queryClient.setQueriesData<readonly ConnectionSummary[]>({ queryKey: keys.lists }, (list) =>
          list?.filter((entry) => entry.id !== id),
        )
        refreshLists()
        refreshSetup()
      },
      queryClient,
    ),
    redrive: usePrivateMutation<void, { readonly redriven: number }>(() => connections.redrive(id), refreshAll, queryClient),
    diagnose: usePrivateMutation<void, CheckReport>(
      () => connections.diagnose(id),
      () => undefined,
      queryClient,
    ),
  }
}
