import type { CalendarChanged } from '@tenantry/sdk'
import { sql } from 'kysely'
import { raiseRevision } from './revision.ts'
import type { HelpdeskTransaction } from './tables.ts'

/** A calendar event becomes a shift, or changes the one it already is. */
export async function writeShift(transaction: HelpdeskTransaction, event: CalendarChanged): Promise<void> {
  const { tenantId, connectionId, change } = event
  const changedAt = event.origin === 'live' ? new Date(event.occurredAt) : null
  if (change.kind === 'cancelled') {
    await transaction
      .updateTable('helpdesk_on_call')
      .set({ cancelled: true, changed_at: changedAt })
      .where('tenant_id', '=', tenantId)
      .where('connection_id', '=', connectionId)
      .where('event_id', '=', change.eventId)
      .execute()
  } else if (change.start !== null && change.end !== null) {
    await transaction
      .insertInto('helpdesk_on_call')
      .values({
        tenant_id: tenantId,
        connection_id: connectionId,
        event_id: change.eventId,
        title: change.title ?? '',
        starts_at: new Date(change.start.value),
        ends_at: new Date(change.end.value),
        all_day: change.start.allDay,
        cancelled: false,
        is_new: changedAt !== null,
        moved_from: null,
        changed_at: changedAt,
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'connection_id', 'event_id']).doUpdateSet((row) => ({
          title: row.ref('excluded.title'),
          starts_at: row.ref('excluded.starts_at'),
          ends_at: row.ref('excluded.ends_at'),
          all_day: row.ref('excluded.all_day'),
          cancelled: false,
          is_new: false,
          moved_from: sql<Date | null>`case when helpdesk_on_call.starts_at = excluded.starts_at then null else helpdesk_on_call.starts_at end`,
          changed_at: row.ref('excluded.changed_at'),
        })),
      )
      .execute()
  }
  await raiseRevision(transaction, tenantId)
}
