import type { Translation } from '../../locales/message.ts'
import type { googleCalendarProviderFormMessages } from './google-calendar-provider-form.messages.ts'

export const googleCalendarProviderFormMessagesDe: Translation<typeof googleCalendarProviderFormMessages> = {
  title: 'Google Kalender verbinden',
  subtitle: 'Änderungen in diesem Kalender kommen in {app} an.',
  calendar: 'Kalender',
  chooseLater: 'Sie wählen ihn, sobald Sie verbunden sind. Vorher wird nichts importiert.',
  mainCalendarBefore: '**Hauptkalender** des Kontos, das sich anmeldet.',
  pastDaysProblem: 'Geben Sie eine ganze Zahl von 0 bis 365 ein.',
  lastItem: 'Letzte Änderung',
  instant: 'Änderungen kommen sofort an',
  taskWatch: 'Benachrichtigung durch den Kalender starten',
  notAnnounced: 'Verbunden, aber Änderungen werden noch nicht angekündigt.',
  notLost: 'Es geht nichts verloren: Änderungen bleiben im Kalender und werden abgeholt, sobald es wieder geht.',
}
