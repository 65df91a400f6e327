import type { Health } from '@tenantry/sdk/wire'
import { AppBrokenNotice } from '../../elements/connection-card/app-broken-notice.tsx'
import type { AppBrokenNoticeProps } from '../../elements/connection-card/app-broken-notice.tsx'
import { setupWayOf } from '../../elements/connection-card/setup-way.ts'
import type { VendorSetupWay } from '../../elements/connection-card/setup-way.ts'
import { MissingSetupCallout } from '../../elements/missing-setup/missing-setup-callout.tsx'
import { VendorWords } from '../../elements/failure/vendor-words.tsx'
import { VendorScope } from '../../locales/vendor.tsx'
import type { VendorId } from '../../locales/vendor.tsx'

export { FailureBlock } from '../../elements/failure/index.ts'

interface AppNotice {
  readonly vendor: VendorId
  readonly canSetUp: boolean
  readonly isMissing: boolean
  readonly blockedHealth: Health | null
  readonly affected: NonNullable<AppBrokenNoticeProps['affected']>
}

export interface ListNoticeProps extends VendorSetupWay {
  apps: readonly AppNotice[]
}

/** What the tenant's apps lack: said once for each, whatever number of connections it stops. */
export function ListNotice({ apps, ...setup }: ListNoticeProps) {
  return apps.map(({ vendor, canSetUp, isMissing, blockedHealth, affected }) => {
    const way = { canSetUp, ...setupWayOf(setup, vendor) }
    return (
      <VendorScope key={vendor} vendor={vendor}>
        <VendorWords>
          {isMissing ? (
            <MissingSetupCallout {...way} />
          ) : (
            blockedHealth && <AppBrokenNotice health={blockedHealth} affected={affected} {...way} />
          )}
        </VendorWords>
      </VendorScope>
    )
  })
}
