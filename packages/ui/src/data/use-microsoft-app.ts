import type { UseQueryResult } from '@tanstack/react-query'
import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { useVendorStatus } from './use-vendor-status.ts'

/** The tenant's Microsoft app as far as the person may read it. Nothing is asked unless `enabled`. */
export function useMicrosoftApp({ enabled = true }: { enabled?: boolean } = {}): UseQueryResult<MicrosoftSetupStatus, Error> {
  const { client, tenantId } = useTenantry()
  return useVendorStatus(queryKeys.microsoftSetup(tenantId), (options) => client.microsoft.status(options), enabled)
}
