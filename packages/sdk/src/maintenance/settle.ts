import { changeConnection, setStatus } from '../connections/change.ts'
import type { Context } from '../context.ts'
import { ProviderRefusal, isTenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { ClaimedTask, TaskKind } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { Classified } from '../vendors/vendor.ts'
import { spread } from '../model/spread.ts'

const firstWaitMs = 30_000
const longestWaitMs = 15 * 60_000
const throttledWaitMs = 60_000
const appWaitMs = 10 * 60_000
const patience = 3
const throttledPatience = 30

export interface Settled {
  /** When to try again; `null` when a person has to act first. */
  readonly nextDueAt: number | null
  /** Why the connection is polled until its pipe can be opened; `null` when nothing changes. */
  readonly pollMeanwhile: ErrorCode | null
}

/** What a failure means: by its class, a status for people, a wait for us, or both. A failed renewal never undoes a pipe that still works. */
export async function settleFailure(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  task: ClaimedTask,
  error: unknown,
): Promise<Settled> {
  if (!isTenantryError(error) && !(error instanceof ProviderRefusal)) {
    context.logger.log('error', 'task.crashed', {
      kind: task.kind,
      connectionId: connection.id,
      name: error instanceof Error ? error.name : 'unknown',
    })
    return { nextDueAt: context.clock.now() + waitFor(task), pollMeanwhile: null }
  }
  const classified = provider.vendor.classify(error)
  const { code, values, retryAfterMs } = classified.error
  const nextDueAt = context.clock.now() + Math.max(retryAfterMs ?? 0, waitAfter(classified, task))
  const failures = task.attempts + 1
  context.logger.log(waitsForPerson(code) ? 'debug' : 'warn', 'task.failed', {
    kind: task.kind,
    connectionId: connection.id,
    code,
    failures,
  })
  const status = statusFor(classified, failures)
  const ended = status === 'needs_reauth' || waitsForPerson(code)
  const patch = {
    failures,
    nextAttemptAt: ended ? null : nextDueAt,
    // Only the pipe's own success mends what the pipe broke.
    ...(status === 'degraded' && (task.kind === 'renew' || task.kind === 'pull') && { deliveryReason: code }),
  }
  if (status === null) await changeConnection(context.store, connection, context.clock.now(), () => patch)
  else await setStatus(context, connection, status, { reason: code, values, patch })
  const opening = task.kind === 'provision' && status !== 'blocked_by_app'
  return { nextDueAt: ended ? null : nextDueAt, pollMeanwhile: opening && !ended ? code : null }
}

/** A quota says when there is more of it; waiting ever longer would only waste it. */
function waitAfter({ class: kind }: Classified, task: ClaimedTask): number {
  if (kind === 'app') return appWaitMs
  return kind === 'throttled' ? spread(throttledWaitMs, `${task.tenantId}/${task.connectionId}`) : waitFor(task)
}

function statusFor(
  classified: Classified,
  failures: number,
): 'needs_reauth' | 'blocked_by_app' | 'degraded' | 'error' | 'not_configured' | null {
  if (waitsForPerson(classified.error.code) || isGone(classified.error.code)) return 'error'
  if (classified.error.code === 'google_not_configured') return 'not_configured'
  if (isDeadGrant(classified.error.code) || classified.class === 'reauth') return 'needs_reauth'
  if (classified.class === 'app' || isBrokenApp(classified.error.code)) return 'blocked_by_app'
  if (classified.class === 'permanent') return 'degraded'
  // A long backlog meets its quota again and again, and gets through; a quota that never comes back is told after half an hour.
  if (classified.class === 'throttled') return failures >= throttledPatience ? 'degraded' : null
  return failures >= patience ? 'degraded' : null
}

/** Nothing can work until a person chose, and their choice starts everything. */
const waitsForPerson = (code: ErrorCode): boolean => code === 'calendar_not_chosen'

/** There is nothing to read any more; it is looked for all the same, because it may be shared again. */
const isGone = (code: ErrorCode): boolean => code === 'calendar_not_found'

/** Codes that the token's door has classified already. */
const isDeadGrant = (code: ErrorCode): boolean =>
  code === 'grant_revoked' || code === 'grant_expired_testing_mode' || code === 'reauth_policy' || code === 'app_changed'
const isBrokenApp = (code: ErrorCode): boolean =>
  code === 'app_client_id_invalid' || code === 'app_secret_invalid' || code === 'app_unauthorized'

/** Why a connection may be polled for good. */
const healthyPolling: readonly ErrorCode[] = [
  'polling_chosen',
  'push_not_possible',
  'push_not_supported',
  'callback_domain_unauthorized',
  'direction_to_google',
]

/** A task that worked ends the failure that it, or the app, had caused. */
export async function settleSuccess(context: Context, seen: Connection, kind: TaskKind): Promise<void> {
  if ((seen.status === 'connected' && seen.failures === 0) || !['sync', 'reconcile', 'pull'].includes(kind)) return
  // The task itself may have changed it.
  const connection = await context.store.connections.get(seen.tenantId, seen.id)
  if (connection === null || connection.generation !== seen.generation) return
  const { status, deliveryReason } = connection
  // Degraded because of the pipe: a look that worked does not open it.
  const pipeBroken = status === 'degraded' && deliveryReason !== null && !healthyPolling.includes(deliveryReason)
  if (kind === 'pull') return pipeBroken && deliveryReason !== 'push_silent' ? provisionNow(context, connection) : undefined
  const healed = status === 'blocked_by_app' || status === 'not_configured' || status === 'error'
  const patch = { failures: 0, nextAttemptAt: null }
  if (healed || (status === 'degraded' && !pipeBroken)) await setStatus(context, connection, 'connected', { patch })
  else if (!pipeBroken) await changeConnection(context.store, connection, context.clock.now(), () => patch)
  if (healed) await provisionNow(context, connection)
}

function provisionNow(context: Context, { tenantId, id }: Connection): Promise<void> {
  return context.store.tasks.schedule({ tenantId, connectionId: id, kind: 'provision', dueAt: context.clock.now() })
}

function waitFor(task: ClaimedTask): number {
  return spread(Math.min(firstWaitMs * 2 ** task.attempts, longestWaitMs), `${task.tenantId}/${task.connectionId}/${task.kind}`)
}
