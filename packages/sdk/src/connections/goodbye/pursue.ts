import type { Context } from '../../context.ts'
import { isTenantryError } from '../../errors/index.ts'
import type { GoodbyeRecord } from '../../ports/index.ts'
import { giveUp, isPending, settleGoodbye } from './journal.ts'
import type { Outcomes } from './journal.ts'

/**
 * Does what is left of a goodbye, as far as it can be done now, and writes how it went. What was not done within its time is given up, and so is what
 * nobody can read any more. @returns the record as it is now; `null` when there is none @throws `unavailable`
 */
export async function pursue(
  context: Context,
  key: Pick<GoodbyeRecord, 'tenantId' | 'id'>,
  act: (record: GoodbyeRecord) => Promise<Outcomes>,
): Promise<GoodbyeRecord | null> {
  const record = await context.store.goodbyes.get(key.tenantId, key.id)
  if (record === null || record.endedAt !== null) return record
  const settled = await settleGoodbye(context, record, await tryNow(context, record, act))
  const left = settled?.steps.filter(({ state }) => state === 'given_up') ?? []
  if (settled !== null && settled.endedAt !== null && left.length > 0)
    context.logger.log('warn', 'goodbye.given_up', {
      connectionId: record.connectionId,
      steps: left.length,
      code: left[0]?.code ?? null,
    })
  return settled
}

async function tryNow(context: Context, record: GoodbyeRecord, act: (record: GoodbyeRecord) => Promise<Outcomes>): Promise<Outcomes> {
  if (record.expiresAt <= context.clock.now() || !record.steps.some(isPending)) return giveUp(record)
  try {
    return await act(record)
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'secrets_unreadable') throw error
    return giveUp(record, error.code)
  }
}
