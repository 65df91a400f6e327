import { defineTexts } from './define-texts.ts'

/** Calendars. */
export const calendarFailuresDe = defineTexts({
  calendar_not_found: [
    'Den Kalender gibt es bei Google nicht mehr',
    'Er wurde gelöscht oder ist für dieses Konto nicht mehr freigegeben. Was bereits importiert wurde, bleibt.',
    'Wählen Sie einen anderen Kalender.',
  ],
  calendar_not_readable: [
    'Dieser Kalender zeigt nur, wann er belegt ist',
    'Das Konto darf nicht sehen, welche Termine darin stehen, deshalb kommen sie ohne Titel und Details an.',
    'Bitten Sie den Eigentümer, alle Termindetails freizugeben.',
  ],
})
