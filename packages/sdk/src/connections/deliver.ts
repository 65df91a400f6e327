import type { Context } from '../context.ts'
import { handle } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import { isNotice } from '../model/events.ts'
import type { TenantryEvent } from '../model/events.ts'
import type { OutboxRecord, Repositories } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { itemSkipped } from './item-skipped.ts'
import { keepOrder } from './keep-order.ts'
import { bare, isOwn } from './mark-own.ts'
import { openEvent } from './open-event.ts'
import type { OpenedEvent } from './open-event.ts'
import { tellItem } from './tell-item.ts'

const batch = 50
const attemptLimit = 5
/** What tells of a connection itself is the host's only way to know: it is tried for five days, also when it ends the process each time. */
const noticeLimit = 500
const noticeMs = 5 * 24 * 60 * 60_000
/** After each attempt. The five of an event outlast a host's new release, or its database changing over. */
const waitsMs = [2_000, 10_000, 30_000, 2 * 60_000] as const
const longestWaitMs = 15 * 60_000
const unreadWaitMs = 5_000
/** Where it is our own store or keys that are away. */
const ownWaitMs = 30_000
/** Of one turn: a task has to end before its claim does, however slow the host's handlers are. */
const turnMs = 60_000

/**
 * Hands a connection's pending events to the host, oldest first. Marking an event done and the host's own writes share a transaction. An event that
 * fails five times, or ends the process five times, is put in quarantine, one that tells of the connection itself after five days; the others go on,
 * except what has to keep its order ({@link keepOrder}). What fails before the host is asked is nobody's failure, and not counted.
 * @returns when the next one is due, or `null`
 */
export async function deliver(
  context: Context,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
): Promise<number | null> {
  const { outbox } = context.store
  const now = context.clock.now()
  const due = await outbox.listDue(tenantId, connectionId, now, batch)
  const order = await keepOrder(context, due, now)
  for (const record of due) {
    if (context.clock.now() - now >= turnMs) break
    const heldUntil = order.heldUntil(record)
    order.note(record, await (heldUntil === null ? deliverOne(context, record) : putOff(context, record, record.attempts, heldUntil)))
  }
  return outbox.nextDueAt(tenantId, connectionId)
}

/** @returns when it is due again; `null` when it was handed over or set aside */
async function deliverOne(context: Context, record: OutboxRecord): Promise<number | null> {
  const { tenantId, connectionId, id } = record
  const limit = isNotice(record.type) ? noticeLimit : attemptLimit
  if (record.attempts >= limit) return setAside(context, record, record.attempts, 'internal')
  const attempts = record.attempts + 1
  // Counted before the handler runs, so that an event that kills the process is counted too.
  await putOff(context, record, attempts, context.clock.now() + waitAfter(attempts))
  let isAsked = false
  try {
    const event = await openEvent(context, record)
    const provider = await providerOf(context, record)
    await context.store.transaction(async (transaction) => {
      if (!(await transaction.outbox.complete(tenantId, connectionId, id))) return
      const told = await present(context, transaction, record, { provider, event })
      isAsked = true
      if (told !== null) await handle(context, told, transaction.native)
    })
    return null
  } catch (error) {
    if (!isAsked && isTenantryError(error) && error.code === 'unavailable')
      return putOff(context, record, record.attempts, context.clock.now() + ownWaitMs)
    if (isTriedEnough(context, record, attempts))
      return setAside(context, record, attempts, isTenantryError(error) ? error.code : 'internal')
    const asked = isTenantryError(error) ? (error.retryAfterMs ?? 0) : 0
    context.logger.log('warn', 'event.failed', { connectionId, eventId: id, type: record.type, attempts })
    // What cannot be read will hardly be readable later.
    const waitMs = isAsked || isNotice(record.type) ? waitAfter(attempts) : unreadWaitMs
    return putOff(context, record, attempts, context.clock.now() + Math.max(asked, waitMs))
  }
}

/** The five days count from the beginning: what waited for another does not get its own after that. */
function isTriedEnough(context: Context, { type, createdAt }: OutboxRecord, attempts: number): boolean {
  return attempts >= attemptLimit && (!isNotice(type) || context.clock.now() - createdAt >= noticeMs)
}

/** The event as it is handed over; `null` when the host wrote it itself, or is told something newer. */
async function present(
  context: Context,
  transaction: Repositories,
  record: OutboxRecord,
  { provider, event }: { readonly provider: AnyProvider | undefined; readonly event: OpenedEvent },
): Promise<TenantryEvent | null> {
  if ('item' in event) return tellItem(context, transaction, record, { provider, event })
  const messageId = event.type === 'message.received' ? event.message.messageId : null
  return messageId !== null && (await isOwn(context, transaction, record, bare(messageId))) ? null : event
}

/** Only an item's state needs it. */
async function providerOf(context: Context, record: OutboxRecord): Promise<AnyProvider | undefined> {
  if (record.type !== 'calendar.changed') return undefined
  const connection = await context.store.connections.get(record.tenantId, record.connectionId)
  return connection === null ? undefined : context.providers.get(connection.provider)
}

async function putOff(context: Context, { tenantId, connectionId, id }: OutboxRecord, attempts: number, until: number): Promise<number> {
  await context.store.outbox.fail(tenantId, connectionId, id, { attempts, nextAttemptAt: until, quarantine: false })
  return until
}

/** Out of the way of the others, until somebody redrives it; nobody can once the connection is gone, and then it is dropped. */
async function setAside(context: Context, record: OutboxRecord, attempts: number, code: string): Promise<null> {
  const { tenantId, connectionId, id, type } = record
  const failure = { stage: 'handler', code, attempts } as const
  const sealer = await context.envelope.sealerFor(tenantId)
  await context.store.transaction(async (transaction) => {
    // Held, so that it is not removed at this very moment.
    if ((await transaction.connections.hold(tenantId, connectionId)) === null) {
      const dropped = await transaction.outbox.complete(tenantId, connectionId, id)
      if (dropped) context.logger.log('error', 'event.dropped', { connectionId, eventId: id, type, ...failure })
      return
    }
    await transaction.outbox.fail(tenantId, connectionId, id, { attempts, nextAttemptAt: context.clock.now(), quarantine: true })
    if (type !== 'connection.item_skipped') await transaction.outbox.insert([await itemSkipped(context, sealer, record, failure)])
  })
  return null
}

const waitAfter = (attempts: number): number => waitsMs[attempts - 1] ?? longestWaitMs
