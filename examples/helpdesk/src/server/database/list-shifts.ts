import type { HelpdeskDatabase } from './tables.ts'

const day = 86_400_000
const shownDays = 14
/** How long a live change stays marked, and a cancelled shift in the list. */
const marked = day

export interface Shift {
  readonly id: string
  readonly title: string
  /** ISO 8601, as are the others. */
  readonly startsAt: string
  readonly endsAt: string
  readonly allDay: boolean
  readonly cancelled: boolean
  readonly isNew: boolean
  readonly movedFrom: string | null
  /** Of a change in the last day. */
  readonly changedAt: string | null
}

export interface Schedule {
  /** ISO 8601; the sandbox can move time. */
  readonly now: string
  readonly days: number
  readonly shifts: readonly Shift[]
}

/** The tenant's shifts of the 14 days from `now` (epoch ms) on, and a day before and after, because days begin at other times elsewhere. */
export async function listShifts(database: HelpdeskDatabase, tenantId: string, now: number): Promise<Schedule> {
  const rows = await database
    .selectFrom('helpdesk_on_call')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('ends_at', '>', new Date(now - day))
    .where('starts_at', '<', new Date(now + (shownDays + 1) * day))
    .orderBy('starts_at')
    .orderBy('event_id')
    .execute()
  const shifts = rows.map((row): Shift => {
    const changedAt = row.changed_at !== null && row.changed_at.getTime() > now - marked ? row.changed_at : null
    return {
      id: `${row.connection_id}/${row.event_id}`,
      title: row.title,
      startsAt: row.starts_at.toISOString(),
      endsAt: row.ends_at.toISOString(),
      allDay: row.all_day,
      cancelled: row.cancelled,
      isNew: row.is_new,
      movedFrom: row.moved_from?.toISOString() ?? null,
      changedAt: changedAt?.toISOString() ?? null,
    }
  })
  const shown = shifts.filter(({ cancelled, changedAt }) => !cancelled || changedAt !== null)
  return { now: new Date(now).toISOString(), days: shownDays, shifts: shown }
}
