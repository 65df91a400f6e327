import { encodeBase64Url } from '../crypto/base64url.ts'
import type { ErrorCode } from '../errors/index.ts'
import { revealSecret, Secret } from '../model/secret.ts'
import type { ContentRecord, OutboxRecord, OutboxSettlement } from '../ports/index.ts'
import type { Fetched } from '../providers/provider.ts'
import { uncounted } from './count-attempt.ts'
import { contentContext, payloadContext } from './queue-event.ts'
import type { SyncWork } from './sync-work.ts'

const attemptLimit = 5
const firstWaitMs = 60_000
const longestWaitMs = 60 * 60_000

/** What became of one item, ready to be written. */
export interface FetchedItem {
  readonly record: OutboxRecord
  readonly settlement: OutboxSettlement
  readonly content: ContentRecord | null
  /** Why it failed. */
  readonly code?: ErrorCode
}

/** The provider did not give it, which may be its fault or the provider's; `item` is as it is when it is its own. */
export interface Refused {
  readonly item: FetchedItem
  readonly refusal: unknown
}

/** Reads one item at the provider. What concerns the whole connection comes back as `stop`, with the item as if it had not been tried. */
export async function fetchItem(
  work: SyncWork,
  record: OutboxRecord,
): Promise<{ readonly item: FetchedItem } | Refused | { readonly item: FetchedItem; readonly stop: unknown }> {
  // Counted and never settled: it ended the process each time.
  if (record.attempts > attemptLimit) return { item: failedItem(work, { ...record, attempts: attemptLimit }, 'internal') }
  try {
    const fetched = await readItem(work, record)
    if (fetched === null) return { item: { record, settlement: { id: record.id, kind: 'dropped' }, content: null } }
    return { item: await sealItem(work, record, fetched) }
  } catch (error) {
    const { class: kind, error: failure } = work.provider.vendor.classify(error)
    if (kind === 'item') return { item: { record, settlement: { id: record.id, kind: 'dropped' }, content: null } }
    if (concernsAll(kind, failure.code)) return { item: uncounted(record), stop: error }
    const item = failedItem(work, record, failure.code, failure.retryAfterMs)
    return failure.code === 'message_too_large' ? { item } : { item, refusal: error }
  }
}

async function readItem({ context, provider, call }: SyncWork, record: OutboxRecord): Promise<Fetched | null> {
  const opened = await context.envelope.open(payloadContext(record.tenantId, record.id), record.sealedPayload)
  const { ref } = JSON.parse(revealSecret(opened)) as { ref: string }
  return (await provider.fetch?.(call, ref)) ?? null
}

async function sealItem({ context, sealer }: SyncWork, record: OutboxRecord, fetched: Fetched): Promise<FetchedItem> {
  const { tenantId, id } = record
  const { raw, ...message } = fetched.body.message
  const hash = encodeBase64Url(await context.crypto.sha256(raw))
  const body = { ...fetched.body, message: { ...message, rawHash: hash } }
  const settlement = {
    id,
    kind: 'fetched',
    sealedPayload: await sealer.seal(payloadContext(tenantId, id), new Secret(JSON.stringify(body))),
    contentHash: hash,
    occurredAt: fetched.occurredAt,
    origin: fetched.origin ?? record.origin,
  } as const
  const sealed = await sealer.sealBytes(contentContext(tenantId, hash), raw)
  return { record, settlement, content: { tenantId, hash, sealed, size: raw.byteLength, createdAt: context.clock.now() } }
}

function failedItem({ context }: SyncWork, record: OutboxRecord, code: ErrorCode, askedMs = 0): FetchedItem {
  // Reading it again makes it no smaller.
  const quarantine = record.attempts >= attemptLimit || code === 'message_too_large'
  const wait = Math.min(firstWaitMs * 2 ** (record.attempts - 1), longestWaitMs)
  const nextAttemptAt = context.clock.now() + Math.max(wait, askedMs)
  return {
    record,
    settlement: { id: record.id, kind: 'failed', attempts: record.attempts, nextAttemptAt, quarantine },
    content: null,
    code,
  }
}

/** A dead grant, a broken app, a quota, or our own store: no item is to blame. */
function concernsAll(kind: string, code: ErrorCode): boolean {
  if (kind === 'reauth' || kind === 'app' || kind === 'throttled') return true
  return code !== 'provider_unavailable' && code !== 'provider_refused' && code !== 'message_too_large'
}
