import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { Secret } from '../model/secret.ts'
import type { OutboxRecord, Repositories } from '../ports/index.ts'
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
  await markOwnKey(context, connection, messageId)
}

/** Remembers that the host itself made what the key names: a Message-ID, or the state of an item. */
export async function markOwnKey(
  context: Context,
  { tenantId, id: connectionId }: { readonly tenantId: string; readonly id: string },
  key: string,
): Promise<void> {
  const id = await ownId(context, { tenantId, connectionId }, key)
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

/** Whether the host said that it made what the key names. */
export async function isOwn(
  context: Context,
  repositories: Repositories,
  subject: { readonly tenantId: string; readonly connectionId: string },
  key: string,
): Promise<boolean> {
  return (await repositories.outbox.get(subject.tenantId, subject.connectionId, await ownId(context, subject, key))) !== null
}

async function ownId(
  context: Context,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
  key: string,
): Promise<string> {
  return (await hashText(context.crypto, JSON.stringify([tenantId, connectionId, `own:${key}`]))).slice(0, 32)
}

/** A Message-ID without its brackets. */
export const bare = (messageId: string): string => messageId.trim().replace(/^<|>$/g, '')
