import { appendAudit } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import { isTenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { DataKeyRecord } from '../ports/index.ts'

/** What became of a data key: `kept` is as it was, because nothing was to be changed or somebody else was first. Otherwise why it could not be read. */
export type KeyOutcome = { readonly is: 'rotated' | 'kept' } | { readonly is: 'unreadable'; readonly reason: ErrorCode }

/** Whether a data key can be unwrapped. */
export function checkKey(context: Context, record: DataKeyRecord): Promise<KeyOutcome> {
  return withReason(async () => {
    await context.envelope.checkKey(record)
    return { is: 'kept' }
  })
}

/** Wraps one data key with the primary key, and says so in its tenant's log. @throws `unavailable` of the store */
export async function rotateKey(context: Context, record: DataKeyRecord): Promise<KeyOutcome> {
  const { tenantId, id } = record
  const prepared = await withReason(async () => ({
    is: 'wrapped' as const,
    wrapping: await context.envelope.rewrapKey(record),
    // Not by `sealerFor`, which would make a key for a tenant that is deleted meanwhile.
    log: await openLog(context, tenantId),
  }))
  if (prepared.is === 'unreadable') return prepared
  const { wrapping, log } = prepared
  return context.store.transaction(async (transaction): Promise<KeyOutcome> => {
    if (!(await transaction.dataKeys.rewrap(tenantId, id, record, wrapping))) return { is: 'kept' }
    const line = { tenantId, actor: 'service', action: 'key.rotated', subject: `key:${id}`, outcome: 'ok' } as const
    if (log !== null) await appendAudit(context, transaction, log, line)
    return { is: 'rotated' }
  })
}

/** `null` where the installation's own data key cannot be read: no log can be written then, and the others' keys are not left behind for that. */
async function openLog(context: Context, tenantId: string): Promise<Pick<Sealer, 'auditKey'> | null> {
  try {
    const key = await context.envelope.auditKey(tenantId)
    return { auditKey: () => Promise.resolve(key) }
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'secrets_unreadable') throw error
    context.logger.log('error', 'audit.not_written', { tenantId, action: 'key.rotated', reason: error.code })
    return null
  }
}

/** A key provider's failure, by its code: what it says may quote what it was given. */
async function withReason<T>(work: () => Promise<T>): Promise<T | { readonly is: 'unreadable'; readonly reason: ErrorCode }> {
  try {
    return await work()
  } catch (error) {
    return { is: 'unreadable', reason: isTenantryError(error) ? error.code : 'internal' }
  }
}
