import type { CalendarMoment } from '@tenantry/sdk'
import type { Occurrence } from '@tenantry/sdk/calendar'
import type { CalendarEventRow } from '../database/tables.ts'

/** What happened to a shift last. */
export interface ShiftChange {
  readonly kind: 'created' | 'updated' | 'moved' | 'cancelled'
  /** Where it was moved from. */
  readonly from: Pick<CalendarMoment, 'allDay' | 'value' | 'instant'> | null
  /** Written here, not by somebody in Google. */
  readonly own: boolean
  /** ISO 8601. */
  readonly at: string
}

/** It does not take place: gone with all that it was, or taken out of its series. */
export function isEnded({ gone, event }: CalendarEventRow): boolean {
  return gone || event.status === 'cancelled'
}

export function describeChange(row: CalendarEventRow, occurrence: Occurrence): ShiftChange | null {
  const { own, changed_at: changedAt } = row
  if (changedAt === null) return null
  const from = isEnded(row) ? null : movedFrom(row, occurrence)
  return { kind: kindOf(row, from), from, own, at: changedAt.toISOString() }
}

function kindOf(row: CalendarEventRow, from: ShiftChange['from']): ShiftChange['kind'] {
  if (isEnded(row)) return 'cancelled'
  if (from !== null) return 'moved'
  return row.is_new ? 'created' : 'updated'
}

/** A series is moved by as much as its first instance. */
function movedFrom({ event, moved_from: from }: CalendarEventRow, { start, seriesId }: Occurrence): ShiftChange['from'] {
  if (from === null || event.start === null || seriesId !== event.eventId) return from
  if (from.allDay !== event.start.allDay) return null
  const by = Date.parse(event.start.instant) - Date.parse(from.instant)
  const instant = new Date(Date.parse(start.instant) - by).toISOString()
  if (!start.allDay) return { allDay: false, value: instant, instant }
  const days = Date.parse(event.start.value) - Date.parse(from.value)
  return { allDay: true, value: new Date(Date.parse(start.value) - days).toISOString().slice(0, 10), instant }
}
