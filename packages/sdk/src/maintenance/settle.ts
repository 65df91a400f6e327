import { askToSignIn } from '../connections/ask-to-sign-in.ts'
import { changeConnection, degrade, setStatus } from '../connections/change.ts'
import type { Context } from '../context.ts'
import { ProviderRefusal, isTenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { Connection, ConnectionStatus } from '../model/connection.ts'
import type { ClaimedTask, TaskKind, TokenRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { Classified } from '../vendors/vendor.ts'
import { spread } from '../model/spread.ts'
import type { Trouble } from './task-result.ts'

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
  /** What others may suffer from too. */
  readonly trouble: Trouble | null
}

/** What a failure means: by its class, a status for people, a wait for us, or both. A failed renewal never undoes a pipe that still works. */
export async function settleFailure(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  task: ClaimedTask,
  { error, startedAt }: { readonly error: unknown; readonly startedAt: number },
): Promise<Settled> {
  if (!isTenantryError(error) && !(error instanceof ProviderRefusal)) {
    context.logger.log('error', 'task.crashed', {
      kind: task.kind,
      connectionId: connection.id,
      name: error instanceof Error ? error.name : 'unknown',
    })
    return { nextDueAt: context.clock.now() + waitFor(task), pollMeanwhile: null, trouble: null }
  }
  const classified = provider.vendor.classify(error)
  const { code, values, retryAfterMs } = classified.error
  const waitMs = Math.max(retryAfterMs ?? 0, waitAfter(classified, task))
  const nextDueAt = context.clock.now() + waitMs
  const failures = task.attempts + 1
  context.logger.log(classified.class === 'choice' ? 'debug' : 'warn', 'task.failed', {
    kind: task.kind,
    connectionId: connection.id,
    code,
    failures,
  })
  const unread = classified.class === 'permanent' && (await wasUnread(context, connection, task))
  const ofPipe = ['provision', 'renew', 'pull', 'heartbeat'].includes(task.kind)
  const status = statusFor(classified, failures, { unread, ofPipe })
  // Until a person acts nothing can work, and what they do starts everything.
  const ended = classified.class === 'reauth' || classified.class === 'choice'
  const patch = {
    failures,
    nextAttemptAt: ended ? null : nextDueAt,
    // Only the pipe's own success mends what the pipe broke.
    ...(status === 'degraded' && ofPipe && task.kind !== 'provision' && { deliveryReason: code }),
  }
  if (status === 'needs_reauth') {
    // Whoever signed in since has a grant that nobody refused.
    const isStill = ({ grantedAt }: TokenRecord) => grantedAt < startedAt
    const isDead = await askToSignIn(context, connection, { reason: code, values, patch, isStill })
    if (!isDead) return { nextDueAt, pollMeanwhile: null, trouble: null }
  } else if (status === null) await changeConnection(context.store, connection, context.clock.now(), () => patch)
  else if (status === 'degraded') await degrade(context, connection, { reason: code, values, patch })
  else await setStatus(context, connection, status, { reason: code, values, patch })
  const opening = task.kind === 'provision' && status !== 'blocked_by_app'
  return { nextDueAt: ended ? null : nextDueAt, pollMeanwhile: opening && !ended ? code : null, trouble: troubleOf(classified, waitMs) }
}

/** A quota says when there is more of it; waiting ever longer would only waste it. */
function waitAfter({ class: kind }: Classified, task: ClaimedTask): number {
  if (kind === 'app') return appWaitMs
  return kind === 'throttled' ? spread(throttledWaitMs, `${task.tenantId}/${task.connectionId}`) : waitFor(task)
}

/** Whether nothing comes in: the look itself failed, and not what a look does besides. */
async function wasUnread(context: Context, seen: Connection, { kind }: ClaimedTask): Promise<boolean> {
  if (kind !== 'reconcile') return kind === 'sync'
  return (await context.store.connections.get(seen.tenantId, seen.id))?.lastSyncAt === seen.lastSyncAt
}

/** What people are shown; `null` for what may pass before anybody has to know. */
function statusFor(
  { class: kind }: Classified,
  failures: number,
  { unread, ofPipe }: { readonly unread: boolean; readonly ofPipe: boolean },
): ConnectionStatus | null {
  switch (kind) {
    case 'reauth':
      return 'needs_reauth'
    case 'app':
      return 'blocked_by_app'
    case 'setup':
      // What is missing may be what only the pipe needs.
      return ofPipe ? 'degraded' : 'not_configured'
    case 'choice':
    case 'gone':
      return 'error'
    case 'permanent':
      return unread ? 'error' : 'degraded'
    // A long backlog meets its quota again and again, and gets through; a quota that never comes back is told after half an hour.
    case 'throttled':
      return failures >= throttledPatience ? 'degraded' : null
    case 'transient':
    case 'cursor':
    case 'item':
      return failures >= patience ? 'degraded' : null
  }
}

function troubleOf({ class: kind, error }: Classified, waitMs: number): Trouble | null {
  if (kind === 'throttled') return { kind: 'throttled', waitMs }
  return error.code === 'provider_unavailable' ? { kind: 'silent', waitMs } : null
}

/** Why a connection may be polled for good. */
const healthyPolling: readonly ErrorCode[] = [
  'polling_chosen',
  'push_not_possible',
  'push_not_supported',
  'callback_domain_unauthorized',
  'direction_to_google',
  'shared_mailbox_polled',
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
