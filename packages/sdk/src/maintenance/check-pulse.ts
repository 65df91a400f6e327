import { changeConnection, degrade, setStatus } from '../connections/change.ts'
import { fallBackToPolling, proofMs, subscribe } from '../connections/subscribe.ts'
import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { ClaimedTask, SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { TaskResult } from './task-result.ts'

/** A connection's pipes as they are now, newest first. */
export type PipesOf = (connection: Connection) => Promise<readonly SubscriptionRecord[]>

/** How exact `lastPushAt` is. */
const graceMs = 5_000
const nextTryMs = 60 * 60_000
/** A pipe that announces nothing when it is opened gets a day to prove itself by news. */
const quietTryMs = 24 * 60 * 60_000
/** After so many times in a row the connection is polled. */
const quietMisses = 3

/**
 * Whether a pipe that was opened announces anything: opening one makes the vendor post at once. Silence is answered by opening it again; when
 * that is silent too, the connection is polled, people are told, and it is tried again every hour.
 */
export async function checkPulse(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  { task, pipesOf }: { readonly task: ClaimedTask; readonly pipesOf: PipesOf },
): Promise<TaskResult> {
  const now = context.clock.now()
  const records = await pipesOf(connection)
  const pipe = records.find(({ state }) => state === 'active')
  if (pipe === undefined) return { nextDueAt: null, failed: false }
  if ((connection.lastPushAt ?? 0) >= pipe.createdAt - graceMs) {
    if (connection.deliveryReason === 'push_silent') await trust(context, connection)
    return { nextDueAt: null, failed: false }
  }
  if (provider.quietPipe === true) return checkQuietPulse(context, provider, connection, pipe)
  if (now < pipe.createdAt + proofMs) return { nextDueAt: pipe.createdAt + proofMs, failed: false }
  context.logger.log('warn', 'push.silent', { connectionId: connection.id, provider: provider.name, attempts: task.attempts })
  if (task.attempts === 0 && connection.deliveryReason !== 'push_silent') {
    await subscribe(context, provider, connection, { anew: true })
    return { nextDueAt: now + proofMs, failed: true }
  }
  await distrust(context, provider, connection, { kind: 'provision', afterMs: nextTryMs })
  return { nextDueAt: null, failed: false }
}

/** It announced nothing yet, which says nothing where nothing happens: a doubted one is opened anew after a day. */
async function checkQuietPulse(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  pipe: SubscriptionRecord,
): Promise<TaskResult> {
  const now = context.clock.now()
  if (connection.deliveryReason !== 'push_silent') return { nextDueAt: null, failed: false }
  if (now < pipe.createdAt + quietTryMs) return { nextDueAt: Math.min(now + proofMs, pipe.createdAt + quietTryMs), failed: false }
  await subscribe(context, provider, connection, { anew: true })
  return { nextDueAt: now + proofMs, failed: false }
}

/**
 * News were missed. Each time before, the pipe was replaced: as many as were opened since the last post came, save the first of all.
 * @returns whether the pipe is given up for now; until then another one may be opened
 */
export async function doubtQuietPipe(context: Context, provider: AnyProvider, connection: Connection): Promise<boolean> {
  const records = await context.store.subscriptions.list(connection.tenantId, connection.id)
  const opened = records.map(({ createdAt }) => createdAt).toSorted((left, right) => left - right)
  const missed = opened.slice(1).filter((at) => at > (connection.lastPushAt ?? 0)).length + 1
  if (missed < quietMisses) return false
  await distrust(context, provider, connection, { kind: 'heartbeat', afterMs: proofMs })
  return true
}

async function distrust(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  next: { readonly kind: 'heartbeat' | 'provision'; readonly afterMs: number },
): Promise<void> {
  await degrade(context, connection, { reason: 'push_silent' })
  await fallBackToPolling(context, provider, connection, 'push_silent')
  const { tenantId, id } = connection
  const dueAt = context.clock.now() + next.afterMs
  await context.store.tasks.schedule({ tenantId, connectionId: id, kind: next.kind, dueAt, reset: true })
}

async function trust(context: Context, connection: Connection): Promise<void> {
  const patch = { delivery: 'push', deliveryReason: null } as const
  if (connection.reason === 'push_silent') await setStatus(context, connection, 'connected', { patch })
  else await changeConnection(context.store, connection, context.clock.now(), () => patch)
}
