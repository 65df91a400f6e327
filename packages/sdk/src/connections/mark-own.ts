import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { Secret } from '../model/secret.ts'
import type { OutboxRecord } from '../ports/index.ts'
import type { Principal } from '../model/principal.ts'
import { hashText } from '../oauth/pkce.ts'
import { loadGuarded } from './guard.ts'
import { payloadContext } from './queue-event.ts'

export interface MarkOwnOptions {
  readonly connectionId: string
  readonly messageId: string
  /** Whose request it is; without one the host itself asks, as with `client`. */
  readonly principal?: Principal
}

/**
 * Tells that the host itself writes the message of this Message-ID (RFC 5322), so that it is not handed over when it comes back to the
 * mailbox. Call it before sending; it is remembered for 35 days.
 * @throws `not_found`, `invalid_input`, `unavailable`
 */
export async function markOwn(context: Context, options: MarkOwnOptions): Promise<void> {
  const messageId = bare(options.messageId)
  if (messageId === '' || messageId.length > 998) throw new TenantryError('invalid_input', { field: 'messageId' })
  const connection =
    options.principal === undefined
      ? await context.store.connections.findById(options.connectionId)
      : await loadGuarded(context, options.principal, 'connection.use', options.connectionId)
  if (connection === null) throw new TenantryError('not_found')
  const { tenantId, id: connectionId } = connection
  const id = await ownId(context, { tenantId, connectionId }, messageId)
  const now = context.clock.now()
  const sealedPayload = await context.envelope.seal(payloadContext(tenantId, id), new Secret('{}'))
  const mark: OutboxRecord = {
    tenantId,
    connectionId,
    id,
    type: 'own',
    origin: 'live',
    occurredAt: now,
    sealedPayload,
    toFetch: false,
    contentHash: null,
    state: 'done',
    attempts: 0,
    nextAttemptAt: now,
    createdAt: now,
  }
  await context.store.outbox.insert([mark])
}

/** Whether the host said that it wrote this message. */
export async function isOwn(
  context: Context,
  subject: { readonly tenantId: string; readonly connectionId: string },
  messageId: string | null,
): Promise<boolean> {
  if (messageId === null) return false
  return (await context.store.outbox.get(subject.tenantId, subject.connectionId, await ownId(context, subject, bare(messageId)))) !== null
}

async function ownId(
  context: Context,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
  messageId: string,
): Promise<string> {
  return (await hashText(context.crypto, JSON.stringify([tenantId, connectionId, `own:${messageId}`]))).slice(0, 32)
}

const bare = (messageId: string): string => messageId.trim().replace(/^<|>$/g, '')
