import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { isMailboxRefused } from '../status-looks/is-mailbox-refused.ts'
import { isUnchosen } from '../status-looks/is-unchosen.ts'

/** Where a connection's form stands; becomes its `data-state`. */
export type FormPhase =
  | 'loading'
  | 'load-error'
  | 'not-configured'
  | 'no-permission'
  | 'new'
  | 'opening'
  | 'waiting'
  | 'blocked'
  | 'window-gone'
  | 'failed'
  | 'unfinished'
  | 'choosing'
  | 'setting-up'
  | 'resync-running'
  | 'connected'
  | 'connected-polling'
  | 'connected-warning'
  | 'read-only-calendar'
  | 'needs-reauth'
  | 'blocked-by-app'
  | 'error'
  | 'calendar-deleted'
  | 'paused'
  | 'disconnected'

export interface FormFacts {
  readonly isLoading: boolean
  readonly loadFailed: boolean
  /** `unknown`: the person may not read it; the server says at the start. */
  readonly setup: 'ready' | 'missing' | 'unknown'
  readonly canSetUp: boolean
  readonly signIn: 'idle' | 'opening' | 'waiting' | 'blocked' | 'window_gone' | 'done' | 'failed'
  readonly connection: ConnectionSummary | undefined
}

/** The one state that is shown: a sign-in under way first, then what stands in its way, then the connection's health. */
export function readFormPhase({ isLoading, loadFailed, setup, canSetUp, signIn, connection }: FormFacts): FormPhase {
  if (isLoading) return 'loading'
  if (loadFailed) return 'load-error'
  if (signIn === 'window_gone') return 'window-gone'
  if (signIn === 'opening' || signIn === 'waiting' || signIn === 'blocked') return signIn
  const needsApp = connection === undefined || connection.health.status === 'not_configured' || connection.health.status === 'disconnected'
  if (setup === 'missing' && needsApp) return canSetUp ? 'not-configured' : 'no-permission'
  if (signIn === 'failed') return 'failed'
  if (connection === undefined) return 'new'
  const { health, settings } = connection
  // Chosen a moment ago, here or elsewhere: the server has not looked again yet.
  if (isUnchosen(health) && typeof settings['calendarId'] === 'string') return 'setting-up'
  if (health.reason === 'calendar_read_only' && settings['direction'] === 'from_google') return 'connected'
  return phaseOfHealth(health)
}

function phaseOfHealth(health: Health): FormPhase {
  const chosen = health.reason === null ? undefined : phasesOfReasons[health.reason]
  switch (health.status) {
    case 'connected':
      if (importsNothing(health)) return 'connected'
      if (health.lastSyncAt === null) return health.lastItemAt === null ? 'setting-up' : 'resync-running'
      if (health.delivery === 'push') return 'connected'
      return isHealthyPolling(health) ? 'connected-polling' : 'connected-warning'
    case 'degraded':
      return isMailboxRefused(health) ? 'error' : (chosen ?? 'connected-warning')
    case 'connecting':
      return 'unfinished'
    case 'needs_reauth':
      return 'needs-reauth'
    case 'blocked_by_app':
      return 'blocked-by-app'
    case 'error':
      return chosen ?? health.status
    case 'paused':
    case 'disconnected':
      return health.status
    case 'not_configured':
      return 'disconnected'
    default:
      return health.status satisfies never
  }
}

/** What the choice of a calendar or a direction mends, and nothing else. */
const phasesOfReasons: Readonly<Partial<Record<ErrorCode, FormPhase>>> = {
  calendar_not_chosen: 'choosing',
  calendar_not_found: 'calendar-deleted',
  calendar_read_only: 'read-only-calendar',
  calendar_not_readable: 'read-only-calendar',
}

/** The tenant wants nothing imported, so there is nothing to announce and nothing to wait for. */
export function importsNothing({ deliveryReason }: Pick<Health, 'deliveryReason'>): boolean {
  return deliveryReason === 'direction_to_google'
}

const healthyPollingReasons: readonly (string | null)[] = [
  null,
  'polling_chosen',
  'shared_mailbox_polled',
  'push_not_possible',
  'push_not_supported',
  'callback_domain_unauthorized',
]

/** Polling that is nobody's mistake; any other reason is something to fix. */
export function isHealthyPolling({ delivery, deliveryReason }: Pick<Health, 'delivery' | 'deliveryReason'>): boolean {
  return delivery === 'polling' && healthyPollingReasons.includes(deliveryReason)
}

/** A grant exists, so there is something to disconnect and to save. */
export function isEstablished(connection: ConnectionSummary | undefined): connection is ConnectionSummary {
  if (connection === undefined) return false
  return !['connecting', 'disconnected', 'not_configured'].includes(connection.health.status)
}
