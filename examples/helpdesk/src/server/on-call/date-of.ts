import type { CalendarMoment } from '@tenantry/sdk'

/** Names a place in a series: its date, or its moment. */
export function dateOf(moment: CalendarMoment | null): string {
  if (moment === null) return ''
  return moment.allDay ? moment.value : new Date(moment.instant).toISOString()
}
