import type { CalendarEvent } from '@tenantry/sdk'
import { putEvent } from './put-event.ts'
import { raiseRevision } from './revision.ts'
import type { HelpdeskDatabase } from './tables.ts'

interface OwnEvent {
  readonly tenantId: string
  readonly connectionId: string
  readonly event: CalendarEvent
}

/** Shows at once what was written here, unless a change that came meanwhile knows better. */
export async function keepOwnEvent(database: HelpdeskDatabase, { tenantId, connectionId, event }: OwnEvent): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await raiseRevision(transaction, tenantId)
    const known = await transaction
      .selectFrom('helpdesk_calendar_events')
      .select('event_id')
      .where((row) => row.and({ tenant_id: tenantId, connection_id: connectionId, calendar_id: event.calendarId, event_id: event.eventId }))
      .executeTakeFirst()
    if (known !== undefined) return
    const changedAt = event.updated === null ? null : new Date(event.updated)
    await putEvent(transaction, event, { tenantId, connectionId, own: true, changedAt, isCreated: true })
  })
}
