import type { Context } from '../../context.ts'
import { isTenantryError } from '../../errors/index.ts'
import type { GoodbyeRecord } from '../../ports/index.ts'
import { within } from '../within.ts'
import { taskOf } from './journal.ts'

/** A person waits for it. */
const deadlineMs = 5_000
const atOnce = 8

export interface Pass {
  /** Which of the goodbyes it is over. */
  readonly kind: GoodbyeRecord['kind']
  pursue(record: GoodbyeRecord): Promise<GoodbyeRecord | null>
}

/**
 * Tries goodbyes within the call that said them, a few at a time and for a few seconds in all, so that the usual answer is that all is done. What is not
 * done by then is the tasks'. Never fails: here everything has ended already.
 * @param passes each over all that are its own, before the next begins
 */
export async function tryFirst(context: Context, records: readonly GoodbyeRecord[], passes: readonly Pass[]): Promise<void> {
  if (records.length === 0) return
  let isLate = false
  const work = async (): Promise<void> => {
    for (const pass of passes) {
      const queue = records.filter(({ kind }) => kind === pass.kind)
      const worker = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          if (isLate) return
          await tryOne(context, next, pass)
        }
      }
      await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, worker))
    }
  }
  await within(deadlineMs, work(), () => {
    isLate = true
  })
}

async function tryOne(context: Context, record: GoodbyeRecord, pass: Pass): Promise<void> {
  try {
    const tried = await pass.pursue(record)
    if (tried === null || tried.endedAt !== null) await context.store.tasks.removeForConnection(record.tenantId, record.id)
    else if (tried.nextAttemptAt !== null)
      await context.store.tasks.schedule({ ...taskOf(record), dueAt: tried.nextAttemptAt, reset: true })
  } catch (error) {
    const name = isTenantryError(error) ? error.code : error instanceof Error ? error.name : 'unknown'
    context.logger.log('warn', 'goodbye.first_try_failed', { connectionId: record.connectionId, name })
  }
}
