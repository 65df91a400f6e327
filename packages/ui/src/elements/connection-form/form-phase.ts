import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'

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
  | 'setting-up'
  | 'connected'
  | 'connected-polling'
  | 'connected-warning'
  | 'needs-reauth'
  | 'blocked-by-app'
  | 'error'
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
  return connection === undefined ? 'new' : phaseOfHealth(connection.health)
}

function phaseOfHealth(health: Health): FormPhase {
  switch (health.status) {
    case 'connected':
      if (health.lastSyncAt === null) return 'setting-up'
      if (health.delivery === 'push') return 'connected'
      return isHealthyPolling(health) ? 'connected-polling' : 'connected-warning'
    case 'degraded':
      return 'connected-warning'
    case 'connecting':
      return 'unfinished'
    case 'needs_reauth':
      return 'needs-reauth'
    case 'blocked_by_app':
      return 'blocked-by-app'
    case 'error':
    case 'paused':
    case 'disconnected':
      return health.status
    case 'not_configured':
      return 'disconnected'
    default:
      return health.status satisfies never
  }
}

const healthyPollingReasons: readonly (string | null)[] = [
  null,
  'polling_chosen',
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
