import type { ConnectionSummary } from '@tenantry/sdk/wire'

/** The server is at work on a connection, and what comes of it will show soon. */
export function isSettingUp({ health, settings }: Pick<ConnectionSummary, 'health' | 'settings'>): boolean {
  const { status, reason, lastSyncAt, deliveryReason } = health
  if (lastSyncAt !== null || deliveryReason === 'direction_to_google') return false
  if (status === 'connected') return true
  // What was wrong with the calendar stands there until the one that was chosen since has been looked at.
  const wasCalendar = reason === 'calendar_not_chosen' || reason === 'calendar_not_found'
  return status === 'error' && wasCalendar && typeof settings['calendarId'] === 'string'
}
