import type { Context } from '../context.ts'
import type { SealContext, Sealer } from '../crypto/envelope.ts'
import { isTenantryError, ProviderRefusal, TenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import { revealSecret, Secret } from '../model/secret.ts'
import { hashText } from '../oauth/pkce.ts'
import type { AttemptRecord } from '../ports/index.ts'
import type { ProviderCall, VerbDoor } from '../providers/provider.ts'
import { failedBeforeAsking } from './before-asking.ts'
import { classifyAny } from './classify-any.ts'

/** A process that dies leaves its work alone for this long; one that lives renews the lease, however slow the work is. */
const leaseMs = 2 * 60_000
const renewEveryMs = 30_000
/** Whoever works is soon done, mostly. */
const longestWaitMs = 10_000
const keyLimit = 255
/** Between the tries to keep a result. */
const pausesMs = [100, 500] as const

type Place = Pick<AttemptRecord, 'tenantId' | 'connectionId' | 'key'>

/** See {@link VerbDoor.once}. */
export async function once<T extends object>(
  context: Context,
  { connection }: Pick<ProviderCall, 'connection'>,
  { key, content }: Parameters<VerbDoor['once']>[1],
  work: (attempt: { readonly inDoubt: boolean }) => Promise<T>,
): Promise<T> {
  if (key === '' || key.length > keyLimit) throw new TenantryError('invalid_input', { field: 'idempotencyKey' })
  const { tenantId, id: connectionId } = connection
  const place = { tenantId, connectionId, key: await hashText(context.crypto, key) }
  const contentHash = await hashText(context.crypto, content)
  // Without the tenant's key the result could not be kept: better known before than after.
  const sealer = await context.envelope.sealerFor(tenantId)
  const begun = await context.store.attempts.begin({ ...place, contentHash }, { now: context.clock.now(), leaseMs })
  if (!begun.begun) return (await openEarlier(context, begun.record, contentHash)) as T
  const stopRenewing = renewMeanwhile(context, place, begun.fence)
  let result: T
  try {
    result = await work({ inDoubt: begun.inDoubt })
  } catch (error) {
    const isLost = leavesDoubt(error)
    const failure = classifyAny(context, error)
    // What is in doubt stays leased: a vendor that is asked too soon does not know yet what it did.
    if (!isLost) await letGo(context, place, { fence: begun.fence, inDoubt: begun.inDoubt })
    throw isLost ? new TenantryError('send_outcome_unknown') : failure
  } finally {
    stopRenewing()
  }
  await keepResult(context, place, sealer, result)
  return result
}

/** @throws `idempotency_key_reused`; `send_outcome_unknown` while it is under way */
async function openEarlier(context: Context, record: AttemptRecord, contentHash: string): Promise<unknown> {
  if (record.contentHash !== contentHash) throw new TenantryError('idempotency_key_reused')
  if (record.sealedResult === null) {
    const leftMs = record.leaseUntil - context.clock.now()
    throw new TenantryError('send_outcome_unknown', { retryAfterMs: Math.min(Math.max(leftMs, 1_000), longestWaitMs) })
  }
  return JSON.parse(revealSecret(await context.envelope.open(resultContext(record), record.sealedResult)))
}

function renewMeanwhile(context: Context, { tenantId, connectionId, key }: Place, fence: number): () => void {
  const renew = async (): Promise<void> => {
    const note = (reason: string): void => context.logger.log('warn', 'attempt.not_renewed', { connectionId, reason })
    try {
      if (!(await context.store.attempts.renew(tenantId, connectionId, key, { fence, now: context.clock.now(), leaseMs })))
        note('taken_over')
    } catch (error) {
      note(codeOf(error))
    }
  }
  const timer = setInterval(() => void renew(), renewEveryMs)
  return () => clearInterval(timer)
}

/** What was done is done, also when it cannot be kept: then whoever asks again is told of a doubt, once the lease has run out. */
async function keepResult(context: Context, place: Place, sealer: Sealer, result: object): Promise<void> {
  const { tenantId, connectionId, key } = place
  try {
    const sealed = await sealer.seal(resultContext(place), new Secret(JSON.stringify(result)))
    await insist(() => context.store.attempts.finish(tenantId, connectionId, key, sealed))
  } catch (error) {
    context.logger.log('error', 'attempt.not_kept', { connectionId, reason: codeOf(error) })
  }
}

/** Where this fails the lease runs out by itself, which leaves a doubt. What the work threw is what the caller has to know. */
async function letGo(context: Context, place: Place, end: { readonly fence: number; readonly inDoubt: boolean }): Promise<void> {
  try {
    await context.store.attempts.release(place.tenantId, place.connectionId, place.key, end)
  } catch (error) {
    context.logger.log('warn', 'attempt.not_released', { connectionId: place.connectionId, reason: codeOf(error) })
  }
}

/** Codes of a vendor that may have done it before something broke, or of a failure that says nothing of it. */
const doubtful: readonly ErrorCode[] = ['send_outcome_unknown', 'provider_unavailable', 'unavailable', 'internal']

/** Whether nobody knows if the vendor did what it was asked: so it is of everything that does not say the opposite. */
function leavesDoubt(error: unknown): boolean {
  if (failedBeforeAsking(error)) return false
  if (isTenantryError(error) && error.code === 'send_outcome_unknown') return true
  const isTold = isTenantryError(error) || error instanceof ProviderRefusal
  // Who is told to come back was not served.
  if (isTold && error.retryAfterMs !== undefined) return false
  if (isTenantryError(error)) return doubtful.includes(error.code)
  return !isTold || error.httpStatus === 0 || error.httpStatus === 408 || error.httpStatus >= 500
}

async function insist(work: () => Promise<unknown>): Promise<void> {
  for (const pauseMs of pausesMs) {
    try {
      await work()
      return
    } catch {
      // The last try tells.
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  await work()
}

function codeOf(error: unknown): string {
  return isTenantryError(error) ? error.code : error instanceof Error ? error.name : 'unknown'
}

function resultContext({ tenantId, connectionId, key }: Place): SealContext {
  return { tenantId, table: 'tenantry_attempts', rowId: `${connectionId}/${key}`, field: 'result', version: 1 }
}
