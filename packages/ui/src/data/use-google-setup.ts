import type { GoogleChanges, GoogleSetupStatus, ResetResult } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { useVendorSetup } from './use-vendor-setup.ts'
import type { VendorSetup } from './use-vendor-setup.ts'

export type GoogleSetup = VendorSetup<GoogleSetupStatus, GoogleChanges, ResetResult>

/** The tenant's Google app: status, save, test and reset. */
export function useGoogleSetup(): GoogleSetup {
  const { client, tenantId } = useTenantry()
  return useVendorSetup(queryKeys.googleSetup(tenantId), client.google)
}
