import type { MicrosoftChanges, MicrosoftResetResult, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import { queryKeys } from './query-keys.ts'
import { useVendorSetup } from './use-vendor-setup.ts'
import type { VendorSetup } from './use-vendor-setup.ts'

export type MicrosoftSetup = VendorSetup<MicrosoftSetupStatus, MicrosoftChanges, MicrosoftResetResult>

/** The tenant's Microsoft app: status, save, test and reset. */
export function useMicrosoftSetup(): MicrosoftSetup {
  const { client, tenantId } = useTenantry()
  return useVendorSetup(queryKeys.microsoftSetup(tenantId), client.microsoft)
}
