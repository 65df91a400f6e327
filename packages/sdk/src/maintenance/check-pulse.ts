import { changeConnection, setStatus } from '../connections/change.ts'
import { fallBackToPolling, proofMs, subscribe } from '../connections/subscribe.ts'
import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { ClaimedTask } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { TaskResult } from './task-result.ts'

/** How exact `lastPushAt` is. */
const graceMs = 5_000
const nextTryMs = 60 * 60_000

/**
 * Whether a pipe that was opened announces anything: opening one makes the vendor post at once. Silence is answered by opening it again; when
 * that is silent too, the connection is polled, people are told, and it is tried again every hour.
 */
export async function checkPulse(context: Context, provider: AnyProvider, connection: Connection, task: ClaimedTask): Promise<TaskResult> {
  const now = context.clock.now()
  const records = await context.store.subscriptions.list(connection.tenantId, connection.id)
  const pipe = records.find(({ state }) => state === 'active')
  if (pipe === undefined) return { nextDueAt: null, failed: false }
  if ((connection.lastPushAt ?? 0) >= pipe.createdAt - graceMs) {
    if (connection.deliveryReason === 'push_silent') await trust(context, connection)
    return { nextDueAt: null, failed: false }
  }
  if (now < pipe.createdAt + proofMs) return { nextDueAt: pipe.createdAt + proofMs, failed: false }
  context.logger.log('warn', 'push.silent', { connectionId: connection.id, provider: provider.name, attempts: task.attempts })
  if (task.attempts === 0 && connection.deliveryReason !== 'push_silent') {
    await subscribe(context, provider, connection, { anew: true })
    return { nextDueAt: now + proofMs, failed: true }
  }
  await distrust(context, provider, connection)
  return { nextDueAt: null, failed: false }
}

async function distrust(context: Context, provider: AnyProvider, connection: Connection): Promise<void> {
  await setStatus(context, connection, 'degraded', { reason: 'push_silent' })
  await fallBackToPolling(context, provider, connection, 'push_silent')
  const { tenantId, id } = connection
  await context.store.tasks.schedule({
    tenantId,
    connectionId: id,
    kind: 'provision',
    dueAt: context.clock.now() + nextTryMs,
    reset: true,
  })
}

async function trust(context: Context, connection: Connection): Promise<void> {
  const patch = { delivery: 'push', deliveryReason: null } as const
  if (connection.reason === 'push_silent') await setStatus(context, connection, 'connected', { patch })
  else await changeConnection(context.store, connection, context.clock.now(), () => patch)
}
