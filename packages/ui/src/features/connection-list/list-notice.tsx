import type { Health } from '@tenantry/sdk/wire'
import { AppBrokenNotice } from '../../elements/connection-card/app-broken-notice.tsx'
import type { AppBrokenNoticeProps } from '../../elements/connection-card/app-broken-notice.tsx'
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

export interface ListNoticeProps {
  apps: readonly AppNotice[]
  setupHref: string | undefined
  onOpenSetup: (() => void) | undefined
}

/** What the tenant's apps lack: said once for each, whatever number of connections it stops. */
export function ListNotice({ apps, setupHref, onOpenSetup }: ListNoticeProps) {
  return apps.map(({ vendor, canSetUp, isMissing, blockedHealth, affected }) => {
    const way = { canSetUp, setupHref, onOpenSetup }
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
