import type { CalendarEvent } from '@tenantry/sdk'
import type { Mark } from './put-event.ts'
import type { HelpdeskTransaction } from './tables.ts'

/** How long a change stays marked, and what was cancelled in sight; ms. */
export const markedMs = 86_400_000

/** Takes an event and, if it is a series, its instances out of the plan; a change that is news can be seen for a day. */
export async function markGone(
  transaction: HelpdeskTransaction,
  { calendarId, eventId }: Pick<CalendarEvent, 'calendarId' | 'eventId'>,
  { tenantId, connectionId, own, changedAt }: Mark,
): Promise<void> {
  await transaction
    .updateTable('helpdesk_calendar_events')
    .set({ gone: true, own, changed_at: changedAt })
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('calendar_id', '=', calendarId)
    .where((row) => row.or([row('event_id', '=', eventId), row('series_id', '=', eventId)]))
    .where('gone', '=', false)
    .execute()
}

/** Deletes what went more than a day ago. `now`: epoch ms. */
export async function dropGone(transaction: HelpdeskTransaction, tenantId: string, now: number): Promise<void> {
  await transaction
    .deleteFrom('helpdesk_calendar_events')
    .where('tenant_id', '=', tenantId)
    .where('gone', '=', true)
    .where((row) => row.or([row('changed_at', 'is', null), row('changed_at', '<', new Date(now - markedMs))]))
    .execute()
}
