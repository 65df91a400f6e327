import type { HelpdeskDatabase } from '../database/tables.ts'
import type { OnCallCalendar } from './list-calendars.ts'
import { planShifts } from './plan-shifts.ts'
import type { Shift } from './shift.ts'
import type { Week } from './week.ts'

interface ListOptions {
  readonly tenantId: string
  readonly week: Week
  readonly calendars: readonly OnCallCalendar[]
  /** Epoch ms. */
  readonly now: number
}

/** What takes place in a week, and what would have, had it not been cancelled in the last day. */
export async function listShifts(database: HelpdeskDatabase, { tenantId, week, calendars, now }: ListOptions): Promise<Shift[]> {
  const rows = await database
    .selectFrom('helpdesk_calendar_events')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where((row) => row.or([row('ends_at', 'is', null), row('ends_at', '>=', new Date(week.from))]))
    .where((row) => row.or([row('starts_at', 'is', null), row('starts_at', '<', new Date(week.to))]))
    .execute()
  // One by one: two people may have connected the same calendar.
  const shifts = calendars.flatMap((calendar) => {
    const own = rows.filter(({ connection_id }) => connection_id === calendar.connectionId)
    return planShifts(calendar, own, week, now)
  })
  return shifts.toSorted((left, right) => left.start.instant.localeCompare(right.start.instant))
}
