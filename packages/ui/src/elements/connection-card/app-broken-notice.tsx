import type { Health } from '@tenantry/sdk/wire'
import { SetupButton } from '../connection-form/setup-button.tsx'
import { useFailureWords } from '../failure/index.ts'
import type { SetupWay } from '../connection-form/connection-form-model.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { connectionNoticeMessages } from './connection-notice.messages.ts'

export interface AppBrokenNoticeProps extends SetupWay {
  /** Of one connection that is blocked: they all have the same reason. */
  health: Pick<Health, 'reason' | 'values'>
  canSetUp: boolean
  /** In a list: how many of how many. */
  affected?: { readonly count: number; readonly of: number }
  /** It is the host's app. */
  isHosts?: boolean
}

/** An app is refused, most often the tenant's own: one fault, said once, whatever number of connections it stops. */
export function AppBrokenNotice({ health, canSetUp, affected, isHosts = false, ...way }: AppBrokenNoticeProps) {
  const t = useMessages(connectionNoticeMessages)
  const say = useFailureWords()
  const reason = health.reason === null ? null : say({ code: health.reason, values: health.values })
  const count = affected && t(affected.count === affected.of ? 'appAffectsAll' : 'appAffects', { count: affected.count })
  return (
    <Callout
      tone="danger"
      title={t(isHosts ? 'hostAppBroken' : 'appBroken')}
      actions={canSetUp && !isHosts && hasWay(way) ? <SetupButton variant="primary" {...way} /> : null}
    >
      {count && <div>{count}</div>}
      {reason && (
        <div>
          {reason.title}. {!isHosts && reason.remedy}
        </div>
      )}
      {isHosts ? <div>{t('askHost')}</div> : !canSetUp && <div>{t('askAdmin')}</div>}
    </Callout>
  )
}

function hasWay({ setupHref, onOpenSetup }: SetupWay): boolean {
  return setupHref !== undefined || onOpenSetup !== undefined
}
