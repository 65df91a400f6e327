import { defineTexts } from './define-texts.ts'

/** What can be wrong with a request. */
export const requestFailuresDe = defineTexts({
  unauthenticated: ['Sie sind abgemeldet', 'Dafür muss eine Person angemeldet sein.', 'Melden Sie sich an und versuchen Sie es erneut.'],
  forbidden: [
    'Das dürfen Sie nicht',
    'Ihre Rolle erlaubt das nicht. Es wurde nichts geändert.',
    'Wenden Sie sich an jemanden, der Integrationen verwalten darf.',
  ],
  not_found: ['Nicht gefunden', 'Es existiert nicht, oder es gehört jemand anderem.', 'Laden Sie die Seite neu.'],
  conflict: [
    'Jemand anderes hat das geändert',
    'Diese Einstellungen wurden geändert, nachdem Sie sie geöffnet haben. Ihr Text bleibt, bis Sie neu laden.',
    'Laden Sie neu, um die Änderung zu sehen, und speichern Sie dann erneut.',
  ],
  rate_limited: ['Zu viele Anfragen', 'In kurzer Zeit kamen zu viele Anfragen.', 'Warten Sie einen Moment und versuchen Sie es erneut.'],
  unavailable: [
    'Vorübergehend nicht erreichbar',
    'Der Speicher hat nicht geantwortet, deshalb lässt sich über die Einstellungen nichts sagen. Es wurde nichts geändert.',
    'Versuchen Sie es gleich noch einmal.',
  ],
  secrets_unreadable: [
    'Gespeicherte Geheimnisse sind nicht lesbar',
    'Der Schlüssel, der die gespeicherten Geheimnisse schützt, fehlt oder ist falsch.',
    'Stellen Sie den Schlüssel wieder her und versuchen Sie es erneut.',
  ],
  internal: [
    'Etwas ist schiefgegangen',
    'Ein unerwarteter Fehler ist aufgetreten. Es ist nichts verloren.',
    'Versuchen Sie es erneut. Bleibt der Fehler, senden Sie uns die Referenz.',
  ],
})
