import type { UseQueryResult } from '@tanstack/react-query'
import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { useVendorStatus } from './use-vendor-status.ts'

/** The tenant's Google app as far as the person may read it. Nothing is asked unless `enabled`. */
export function useGoogleApp({ enabled = true }: { enabled?: boolean } = {}): UseQueryResult<GoogleSetupStatus, Error> {
  const { client, tenantId } = useTenantry()
  return useVendorStatus(queryKeys.googleSetup(tenantId), (options) => client.google.status(options), enabled)
}
