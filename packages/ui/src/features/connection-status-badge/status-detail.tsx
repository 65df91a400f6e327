import type { Health } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { isUnchosen } from '../../elements/status-looks/is-unchosen.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import type { connectionStatusBadgeMessages } from './connection-status-badge.messages.ts'

type Say = Translate<(typeof connectionStatusBadgeMessages)['messages']>

/** The one sentence that says why, since when or until when; nothing where the label says it all. */
export function describeStatus(health: Health | null, t: Say): ReactNode {
  if (health === null) return t('notLoaded')
  const at = (iso: string) => ({ time: <RelativeTime key="time" iso={iso} /> })
  switch (health.status) {
    case 'connected':
      if (health.lastItemAt !== null) return t.rich('lastItem', at(health.lastItemAt))
      return health.lastSyncAt === null ? null : t.rich('checked', at(health.lastSyncAt))
    case 'connecting':
      return t('finishSignIn')
    case 'degraded':
      if (health.signInEndsAt !== null) return t.rich('signInEnds', at(health.signInEndsAt))
      if (health.failures > 0 && health.nextAttemptAt !== null) return t.rich('renewalFailing', at(health.nextAttemptAt))
      return health.delivery === 'polling' ? t('polling') : null
    case 'needs_reauth':
      return t.rich('signInEnded', at(health.since))
    case 'blocked_by_app':
      return t.rich('appBroken', at(health.since))
    case 'error':
      if (isUnchosen(health)) return t('chooseCalendar')
      if (health.failures === 0) return null
      if (health.nextAttemptAt === null) return t('failed', { count: health.failures })
      return t.rich('failedNext', { count: health.failures, ...at(health.nextAttemptAt) })
    case 'paused':
      return t.rich('pausedSince', at(health.since))
    case 'not_configured':
      return t('setupMissing')
    case 'disconnected':
      return null
    default:
      return health.status satisfies never
  }
}
