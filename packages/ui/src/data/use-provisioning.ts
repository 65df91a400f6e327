import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { useFollowGoogleSetup } from './use-follow-google-setup.ts'
import { usePrivateMutation } from './use-private-mutation.ts'
import type { PrivateMutation } from './use-private-mutation.ts'

/**
 * Sets up Gmail notifications at Google. While that runs, here or elsewhere (`isWorkingElsewhere`), the setup is read again every second:
 * its journal shows each step as it happens. What Google refuses stands in the journal; only our own server's failures are thrown.
 */
export function useProvisioning(isWorkingElsewhere: boolean): PrivateMutation<void, GoogleSetupStatus> {
  const { client, queryClient, tenantId } = useTenantry()
  const key = queryKeys.googleSetup(tenantId)
  const provision = usePrivateMutation<void, GoogleSetupStatus>(
    () => client.google.provision(),
    async (status) => {
      // A status still on its way is older than this one.
      await queryClient.cancelQueries({ queryKey: key, exact: true })
      queryClient.setQueryData(key, status)
      void queryClient.invalidateQueries({ queryKey: queryKeys.connections(tenantId) })
    },
    queryClient,
  )
  useFollowGoogleSetup(provision.isPending || isWorkingElsewhere)
  return provision
}
