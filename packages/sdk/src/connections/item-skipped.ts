import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import type { ItemSkipped } from '../model/events.ts'
import type { OutboxRecord } from '../ports/index.ts'
import { toOutbox } from './queue-event.ts'

/** Tells the host that an item was set aside, once for each time. */
export function itemSkipped(
  context: Context,
  sealer: Sealer,
  record: OutboxRecord,
  failure: Pick<ItemSkipped, 'stage' | 'code' | 'attempts'>,
): Promise<OutboxRecord> {
  const { tenantId, connectionId, id } = record
  context.logger.log('error', 'item.quarantined', { connectionId, eventId: id, type: record.type, ...failure })
  const now = context.clock.now()
  const body = { type: 'connection.item_skipped' as const, eventId: id, ...failure }
  return toOutbox(context, sealer, { tenantId, id: connectionId }, { key: `skipped:${id}:${now}`, occurredAt: now, body }, record.origin)
}
