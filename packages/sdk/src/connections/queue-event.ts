import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import { hashText } from '../oauth/pkce.ts'
import { Secret } from '../model/secret.ts'
import type { Connection } from '../model/connection.ts'
import { isStatusEvent } from '../model/events.ts'
import type { ConnectionChanged, EventBase, EventOrigin, GapRecovered, ItemSkipped, SignInEnding } from '../model/events.ts'
import type { OutboxRecord, Repositories } from '../ports/index.ts'
import type { ItemState, NewItem } from '../providers/provider.ts'

/** Puts `connection.<status>` on its way in the same transaction as the transition. */
export async function queueConnectionEvent(
  context: Context,
  transaction: Repositories,
  connection: Connection,
  sealer: Sealer,
): Promise<void> {
  const type = `connection.${connection.status}`
  if (!isStatusEvent(type)) return
  const body = { type, reason: connection.reason }
  const record = await toOutbox(
    context,
    sealer,
    connection,
    { key: `status:${connection.version}`, occurredAt: context.clock.now(), body },
    'live',
  )
  await transaction.outbox.insert([record])
  await transaction.tasks.schedule({
    tenantId: connection.tenantId,
    connectionId: connection.id,
    kind: 'deliver',
    dueAt: context.clock.now(),
  })
}

type Body<Event extends EventBase> = Omit<Event, keyof EventBase>

type ConnectionBody = Body<ConnectionChanged> | Body<GapRecovered> | Body<ItemSkipped> | Body<SignInEnding>

/** The state of an item as it waits for its hand-over. */
export type KeptState = ItemState['body'] & { readonly item: Pick<ItemState['item'], 'id' | 'place' | 'gone'> }

/** An outbox row whose id is the same for the same change, and whose body only this tenant's key opens. */
export async function toOutbox(
  context: Context,
  sealer: Sealer,
  connection: Pick<Connection, 'tenantId' | 'id'>,
  change: { readonly key: string; readonly occurredAt: number; readonly body: NewItem['body'] | KeptState | ConnectionBody },
  origin: EventOrigin,
): Promise<OutboxRecord> {
  const now = context.clock.now()
  const id = (await hashText(context.crypto, JSON.stringify([connection.tenantId, connection.id, change.key]))).slice(0, 32)
  const sealedPayload = await sealer.seal(payloadContext(connection.tenantId, id), new Secret(JSON.stringify(change.body)))
  return {
    tenantId: connection.tenantId,
    connectionId: connection.id,
    id,
    type: change.body.type,
    origin,
    occurredAt: change.occurredAt,
    sealedPayload,
    toFetch: 'ref' in change.body,
    contentHash: null,
    state: 'pending',
    attempts: 0,
    nextAttemptAt: now,
    createdAt: now,
  }
}

/** The bytes of a message, wherever in the tenant they are needed. */
export function contentContext(tenantId: string, hash: string) {
  return { tenantId, table: 'tenantry_contents', rowId: hash, field: 'content', version: 1 }
}

export function payloadContext(tenantId: string, eventId: string) {
  return { tenantId, table: 'tenantry_outbox', rowId: eventId, field: 'payload', version: 1 }
}
