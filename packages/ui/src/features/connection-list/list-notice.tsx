import type { Health } from '@tenantry/sdk/wire'
import { AppBrokenNotice } from '../../elements/connection-card/app-broken-notice.tsx'
import type { AppBrokenNoticeProps } from '../../elements/connection-card/app-broken-notice.tsx'
import { MissingSetupCallout } from '../../elements/missing-setup/missing-setup-callout.tsx'

export { FailureBlock } from '../../elements/failure/index.ts'

export interface ListNoticeProps {
  app: {
    readonly canSetUp: boolean
    readonly isMissing: boolean
    readonly blockedHealth: Health | null
    readonly affected: NonNullable<AppBrokenNoticeProps['affected']>
  }
  setupHref: string | undefined
  onOpenSetup: (() => void) | undefined
}

/** What the tenant's app lacks: said once, whatever number of connections it stops. */
export function ListNotice({ app, setupHref, onOpenSetup }: ListNoticeProps) {
  const way = { canSetUp: app.canSetUp, setupHref, onOpenSetup }
  if (app.isMissing) return <MissingSetupCallout {...way} />
  return app.blockedHealth && <AppBrokenNotice health={app.blockedHealth} affected={app.affected} {...way} />
}
