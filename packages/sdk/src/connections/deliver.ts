import type { Context } from '../context.ts'
import { handle } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import { revealSecret } from '../model/secret.ts'
import type { TenantryEvent } from '../model/events.ts'
import { hydrateEvent } from './hydrate-event.ts'
import type { OutboxRecord } from '../ports/index.ts'
import { readEvent } from './event-codec.ts'
import { payloadContext } from './queue-event.ts'

const batch = 50
const attemptLimit = 5
const firstWaitMs = 2_000
const longestWaitMs = 15 * 60_000

/**
 * Hands a connection's pending events to the host, oldest first. Marking an event done and the host's own writes share a transaction. An
 * event that fails five times is put in quarantine; the others go on.
 * @returns when the next one is due, or `null`
 */
export async function deliver(
  context: Context,
  subject: { readonly tenantId: string; readonly connectionId: string },
): Promise<number | null> {
  const due = await context.store.outbox.listDue(subject.tenantId, subject.connectionId, context.clock.now(), batch)
  for (const record of due) await deliverOne(context, record)
  return context.store.outbox.nextDueAt(subject.tenantId, subject.connectionId)
}

async function deliverOne(context: Context, record: OutboxRecord): Promise<void> {
  const { tenantId, connectionId, id } = record
  const attempts = record.attempts + 1
  // Counted before the handler runs, so that an event that kills the process is counted too.
  await context.store.outbox.fail(tenantId, connectionId, id, {
    attempts,
    nextAttemptAt: context.clock.now() + waitFor(attempts),
    quarantine: false,
  })
  try {
    const event = await openEvent(context, record)
    await context.store.transaction(async (transaction) => {
      if (await transaction.outbox.complete(tenantId, connectionId, id)) await handle(context, event, transaction.native)
    })
  } catch (error) {
    const quarantine = attempts >= attemptLimit
    const asked = isTenantryError(error) ? (error.retryAfterMs ?? 0) : 0
    await context.store.outbox.fail(tenantId, connectionId, id, {
      attempts,
      nextAttemptAt: context.clock.now() + Math.max(asked, waitFor(attempts)),
      quarantine,
    })
    context.logger.log(quarantine ? 'error' : 'warn', quarantine ? 'event.quarantined' : 'event.failed', {
      connectionId,
      eventId: id,
      type: record.type,
      attempts,
    })
  }
}

async function openEvent(context: Context, record: OutboxRecord): Promise<TenantryEvent> {
  const body = await hydrateEvent(
    readEvent(revealSecret(await context.envelope.open(payloadContext(record.tenantId, record.id), record.sealedPayload))),
  )
  return {
    ...body,
    id: record.id,
    tenantId: record.tenantId,
    connectionId: record.connectionId,
    occurredAt: new Date(record.occurredAt).toISOString(),
    origin: record.origin,
  } as unknown as TenantryEvent
}

function waitFor(attempts: number): number {
  return Math.min(firstWaitMs * 2 ** (attempts - 1), longestWaitMs)
}
