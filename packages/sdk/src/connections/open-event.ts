import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { parseMail } from '../mail/parse-mail.ts'
import type { CalendarChanged, TenantryEvent } from '../model/events.ts'
import { revealSecret } from '../model/secret.ts'
import type { OutboxRecord } from '../ports/index.ts'
import { contentContext, payloadContext } from './queue-event.ts'
import type { KeptState } from './queue-event.ts'

/** As the host gets it, or the state of an item, of which the host is told by what it knows. */
export type OpenedEvent = Exclude<TenantryEvent, CalendarChanged> | (Omit<CalendarChanged, 'change'> & KeptState)

/**
 * A kept event as the host gets it: opened, with the bytes that belong to it and everything that those tell.
 * @throws `secrets_unreadable`, `unavailable`, `not_found` when the bytes are gone
 */
export async function openEvent(context: Context, record: OutboxRecord): Promise<OpenedEvent> {
  const sealed = await context.envelope.open(payloadContext(record.tenantId, record.id), record.sealedPayload)
  const body = JSON.parse(revealSecret(sealed)) as Record<string, unknown>
  const message = record.contentHash === null ? {} : { message: await openMessage(context, record, body['message'] as KeptMessage) }
  return {
    ...body,
    ...message,
    id: record.id,
    tenantId: record.tenantId,
    connectionId: record.connectionId,
    occurredAt: new Date(record.occurredAt).toISOString(),
    origin: record.origin,
  } as unknown as OpenedEvent
}

interface KeptMessage {
  readonly mailbox: string
}

async function openMessage(context: Context, { tenantId, contentHash }: OutboxRecord, message: KeptMessage): Promise<object> {
  const content = await context.store.contents.get(tenantId, contentHash ?? '')
  if (content === null) throw new TenantryError('not_found')
  const raw = await context.envelope.openBytes(contentContext(tenantId, content.hash), content.sealed)
  return { ...message, ...(await parseMail(raw, { mailbox: message.mailbox })), raw }
}
