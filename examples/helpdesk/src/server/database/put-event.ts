import type { CalendarEvent, CalendarMoment } from '@tenantry/sdk'
import type { CalendarEventRow, HelpdeskTransaction } from './tables.ts'

export interface Mark {
  readonly tenantId: string
  readonly connectionId: string
  /** Written here. */
  readonly own: boolean
  /** `null` when it is no news. */
  readonly changedAt: Date | null
}

/** Puts an event in the place of what is known of it, with what a person wants to know of the change. */
export async function putEvent(
  transaction: HelpdeskTransaction,
  event: CalendarEvent,
  { tenantId, connectionId, own, changedAt, isCreated }: Mark & { readonly isCreated: boolean },
): Promise<void> {
  const { calendarId, eventId, recurringEventId, recurrence, start, end } = event
  const ofCalendar = { tenant_id: tenantId, connection_id: connectionId, calendar_id: calendarId }
  const find = (id: string) =>
    transaction
      .selectFrom('helpdesk_calendar_events')
      .selectAll()
      .where((row) => row.and({ ...ofCalendar, event_id: id }))
      .executeTakeFirst()
  const known = await find(eventId)
  const series = recurringEventId === null ? undefined : await find(recurringEventId)
  // Restored: what went with it does not come back by itself.
  if (known?.gone) {
    await transaction
      .deleteFrom('helpdesk_calendar_events')
      .where((row) => row.and({ ...ofCalendar, series_id: eventId, gone: true }))
      .execute()
  }
  const stood = event.status === 'cancelled' ? null : stoodAt(event, known)
  const isSingle = recurringEventId === null && recurrence.length === 0
  const state = {
    series_id: recurringEventId,
    event: JSON.stringify(event.status === 'cancelled' && known ? { ...event, ...placeOf(event, known.event) } : event),
    starts_at: isSingle && start ? new Date(start.instant) : null,
    ends_at: isSingle && end ? new Date(end.instant) : null,
    gone: false,
    own,
    // The first that is told of an instance is that it was changed.
    is_new: isCreated && changedAt !== null && (recurringEventId === null || series === undefined),
    moved_from: changedAt && stood && start && stood.instant !== start.instant ? JSON.stringify(stood) : null,
    changed_at: changedAt,
  }
  await transaction
    .insertInto('helpdesk_calendar_events')
    .values({ ...ofCalendar, event_id: eventId, ...state })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id', 'calendar_id', 'event_id']).doUpdateSet(state))
    .execute()
}

function stoodAt({ originalStart }: CalendarEvent, known: CalendarEventRow | undefined): CalendarMoment | null {
  return (known?.gone ? null : known?.event.start) ?? originalStart
}

/** What is cancelled may come without all that can be shown of it. */
function placeOf(event: CalendarEvent, known: CalendarEvent): Pick<CalendarEvent, 'title' | 'start' | 'end'> {
  return { title: event.title ?? known.title, start: event.start ?? known.start, end: event.end ?? known.end }
}
