import { rejectAccessToken } from '../connections/access-token.ts'
import { draftLifeMs } from '../connections/connect.ts'
import { deliver } from '../connections/deliver.ts'
import { lookEveryMs } from '../connections/look-every.ts'
import { LostLease } from '../connections/lost-lease.ts'
import { OutOfBudget } from '../connections/out-of-budget.ts'
import { fallBackToPolling, subscribe } from '../connections/subscribe.ts'
import { sync } from '../connections/sync.ts'
import type { SyncResult } from '../connections/sync.ts'
import type { Context } from '../context.ts'
import { isTenantryError, ProviderRefusal } from '../errors/index.ts'
import { isDraft, isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import { spread } from '../model/spread.ts'
import type { ClaimedTask } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { checkPulse } from './check-pulse.ts'
import type { PipesOf } from './check-pulse.ts'
import { fetchNotifications } from './fetch-notifications.ts'
import { listen } from './listen.ts'
import { reconcile } from './reconcile.ts'
import { sayGoodbye } from './say-goodbye.ts'
import { settleFailure, settleSuccess } from './settle.ts'
import type { TaskResult } from './task-result.ts'

const busyWaitMs = 5_000

export interface TaskFacts {
  /** As it was when the task was claimed. */
  readonly connection: Connection | null
  readonly pipesOf: PipesOf
}

/** Does one due task. A failure becomes the connection's state and the task's next time; only bugs throw. */
export async function runTask(context: Context, task: ClaimedTask, { connection, pipesOf }: TaskFacts): Promise<TaskResult> {
  if (task.kind === 'deliver') return again(await deliver(context, task))
  if (task.kind === 'goodbye') return sayGoodbye(context, task)
  const provider = connection === null ? undefined : context.providers.get(connection.provider)
  if (connection === null || provider === undefined) return again(null)
  if (task.kind === 'clean-up') return cleanUp(context, connection)
  if (!isLive(connection.status)) return again(null)
  const startedAt = context.clock.now()
  try {
    const result = await attempt(context, provider, connection, { task, pipesOf })
    if (!result.failed && result.limited !== true && result.busy !== true) await settleSuccess(context, connection, task.kind)
    return result
  } catch (error) {
    if (error instanceof LostLease) return again(context.clock.now() + busyWaitMs)
    if (error instanceof OutOfBudget) return { ...again(context.clock.now() + error.waitMs), postponed: true }
    if (await isWorthAnother(context, provider, connection, task, error)) return again(context.clock.now())
    const result = await settleFailure(context, provider, connection, task, { error, startedAt })
    if (result.pollMeanwhile !== null) await fallBackToPolling(context, provider, connection, result.pollMeanwhile)
    return { nextDueAt: result.nextDueAt, failed: true, ...(result.trouble !== null && { trouble: result.trouble }) }
  }
}

async function attempt(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  { task, pipesOf }: { readonly task: ClaimedTask; readonly pipesOf: PipesOf },
): Promise<TaskResult> {
  const now = context.clock.now()
  switch (task.kind) {
    case 'provision':
      // The renewal is its own task, scheduled with the pipe.
      await subscribe(context, provider, connection)
      return again(null)
    case 'renew':
      return again(await subscribe(context, provider, connection))
    case 'heartbeat':
      return checkPulse(context, provider, connection, { task, pipesOf })
    case 'pull':
      return again(await fetchNotifications(context, provider, connection))
    case 'listen':
      return listen(context, provider, connection)
    case 'reconcile': {
      const result = await reconcile(context, provider, connection, { failedLooks: task.attempts })
      await scheduleRest(context, connection, result)
      const waitMs = spread(lookEveryMs(context, provider, connection.delivery), `${task.tenantId}/${task.connectionId}`)
      return { ...again(now + waitMs), limited: result.limited, busy: result.busy }
    }
    case 'sync': {
      const result = await sync(context, provider, connection, { failedLooks: task.attempts })
      return { ...again(restDueAt(context, result)), limited: result.limited, busy: result.busy }
    }
    case 'deliver':
    case 'clean-up':
    case 'goodbye':
      return again(null)
  }
}

/** Whether the vendor's API only refused an access token before its end: with another one the task may work, and nobody has to know. */
async function isWorthAnother(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  task: ClaimedTask,
  error: unknown,
): Promise<boolean> {
  if (task.attempts > 0 || !(isTenantryError(error) || error instanceof ProviderRefusal)) return false
  return provider.vendor.classify(error).error.code === 'token_rejected' && rejectAccessToken(context, connection)
}

/** When to sync again for what is left; `null` when nothing is. */
function restDueAt(context: Context, { busy, unfinished, nextFetchAt }: SyncResult): number | null {
  if (busy) return context.clock.now() + busyWaitMs
  return unfinished ? context.clock.now() : nextFetchAt
}

async function scheduleRest(context: Context, { tenantId, id }: Connection, result: SyncResult): Promise<void> {
  const dueAt = result.busy ? null : restDueAt(context, result)
  if (dueAt !== null) await context.store.tasks.schedule({ tenantId, connectionId: id, kind: 'sync', dueAt })
}

/** Forgets a sign-in that was begun and never finished. */
async function cleanUp(context: Context, connection: Connection): Promise<TaskResult> {
  if (!isDraft(connection)) return again(null)
  const end = connection.createdAt + draftLifeMs
  if (end > context.clock.now()) return again(end)
  await context.store.connections.remove(connection.tenantId, connection.id)
  return again(null)
}

const again = (nextDueAt: number | null): TaskResult => ({ nextDueAt, failed: false })
