import type { CalendarAccessRole } from '../../ports/index.ts'
import type { PulledPage } from '../provider.ts'
import type { CalendarSettings } from './settings.ts'

/** What the account's role keeps the connection from. */
export function limitOf({ direction }: Pick<CalendarSettings, 'direction'>, role: CalendarAccessRole): Pick<PulledPage, 'limit'> {
  if (direction !== 'to_google' && (role === 'freeBusyReader' || role === 'none')) return { limit: { code: 'calendar_not_readable' } }
  if (direction !== 'from_google' && role !== 'writer' && role !== 'owner') return { limit: { code: 'calendar_read_only' } }
  return {}
}
