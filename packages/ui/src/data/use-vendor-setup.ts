import type { UseQueryResult } from '@tanstack/react-query'
import type { CheckReport } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'
import { useVendorStatus } from './use-vendor-status.ts'

/** The four verbs of a tenant's own app, as the client has them for each vendor. */
export interface SetupVerbs<Status, Changes, Result extends { readonly status: Status }> {
  status(options: { signal: AbortSignal }): Promise<Status>
  save(changes: Changes): Promise<Status>
  test(): Promise<CheckReport>
  reset(input: { credentials: 'keep' | 'delete' }): Promise<Result>
}

export interface VendorSetup<Status, Changes, Result> {
  /** What is set up and what is missing; its error says when that is not known. */
  readonly query: UseQueryResult<Status, Error>
  /** Secrets in the changes are sent once and kept nowhere. */
  readonly save: PrivateMutation<Changes, Status>
  readonly test: PrivateMutation<void, CheckReport>
  readonly reset: PrivateMutation<{ credentials: 'keep' | 'delete' }, Result>
}

/** The tenant's own app at a vendor: status, save, test and reset, kept under one key. */
export function useVendorSetup<Status, Changes, Result extends { readonly status: Status }>(
  queryKey: readonly unknown[],
  verbs: SetupVerbs<Status, Changes, Result>,
): VendorSetup<Status, Changes, Result> {
  const { queryClient, tenantId } = useTenantry()
  const query = useVendorStatus<Status>(queryKey, (options) => verbs.status(options))
  const refreshConnections = () => queryClient.invalidateQueries({ queryKey: queryKeys.connections(tenantId) })
  const test = usePrivateMutation<void, CheckReport>(
    () => verbs.test(),
    () => undefined,
    queryClient,
  )
  const adopt = async (status: Status) => {
    // A report describes what was saved when it ran; a status still on its way is older than this one.
    test.reset()
    await queryClient.cancelQueries({ queryKey })
    queryClient.setQueryData(queryKey, status)
    void refreshConnections()
  }
  const save = usePrivateMutation(
    (changes: Changes) => verbs.save(changes),
    async (status) => {
      await adopt(status)
      void queryClient.invalidateQueries({ queryKey: [...queryKey, 'script'] })
    },
    queryClient,
  )
  const reset = usePrivateMutation(
    (input: { credentials: 'keep' | 'delete' }) => verbs.reset(input),
    (result) => adopt(result.status),
    queryClient,
  )
  return { query, save, test, reset }
}
