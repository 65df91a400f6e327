import { defineMessages } from '../../locales/message.ts'

export const googleCalendarProviderFormMessages = defineMessages('googleCalendarProviderForm', {
  title: 'Connect Google Calendar',
  subtitle: 'Changes in this calendar come into {app}.',
  calendar: 'Calendar',
  chooseLater: 'You choose it after you connect. Nothing is imported before.',
  mainCalendarBefore: '**Main calendar** of the account that signs in.',
  pastDaysProblem: 'Enter a whole number from 0 to 365.',
  lastItem: 'Last change',
  instant: 'Changes arrive at once',
  taskWatch: 'Start calendar notifications',
  notAnnounced: 'Connected, but calendar changes are not announced yet.',
  notLost: 'Nothing is lost: changes stay in the calendar and are fetched as soon as it works again.',
})
