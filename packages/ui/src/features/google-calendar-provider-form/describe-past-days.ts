import type { Translate } from '../../locales/use-messages.ts'
import { isPastDays } from './calendar-form-values.ts'
import type { calendarSettingsMessages } from './calendar-settings.messages.ts'

/** What so many past days mean; nothing for what is no number of days. */
export function describePastDays(days: unknown, t: Translate<(typeof calendarSettingsMessages)['messages']>): string | undefined {
  if (!isPastDays(days)) return undefined
  return days === 0 ? t('noPast') : t('pastDaysHelp', { count: days })
}
