import { pursueConnection } from '../connections/goodbye/pursue-connection.ts'
import type { Context } from '../context.ts'
import { pursueUndo } from '../google/goodbye/undo.ts'
import type { ClaimedTask, GoodbyeRecord } from '../ports/index.ts'
import { pursueDeletion } from '../tenants/delete-tenant.ts'
import type { TaskResult } from './task-result.ts'

const pursuers: Record<GoodbyeRecord['kind'], (context: Context, record: GoodbyeRecord) => Promise<GoodbyeRecord | null>> = {
  connection: pursueConnection,
  pubsub: (context, record) => pursueUndo(context, record),
  tenant: pursueDeletion,
}

/** Goes on with a goodbye, which the task names where others name a connection. @throws `unavailable` */
export async function sayGoodbye(context: Context, { tenantId, connectionId: id }: ClaimedTask): Promise<TaskResult> {
  const record = await context.store.goodbyes.get(tenantId, id)
  if (record === null) return { nextDueAt: null, failed: false }
  // Tried by someone else since the task was made.
  if (record.nextAttemptAt !== null && record.nextAttemptAt > context.clock.now()) return { nextDueAt: record.nextAttemptAt, failed: false }
  const nextDueAt = (await pursuers[record.kind](context, record))?.nextAttemptAt ?? null
  return { nextDueAt, failed: nextDueAt !== null }
}
