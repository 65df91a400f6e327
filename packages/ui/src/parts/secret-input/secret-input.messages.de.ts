import type { Translation } from '../../locales/message.ts'
import type { secretInputMessages } from './secret-input.messages.ts'

export const secretInputMessagesDe: Translation<typeof secretInputMessages> = {
  saved: 'Gespeichert',
  savedFingerprint: 'Gespeichert, Fingerabdruck {fingerprint}',
  added: 'Hinzugefügt am {date}.',
  addedBy: 'Hinzugefügt am {date} von {person}.',
  replace: 'Ersetzen',
  replaceOf: '{label} ersetzen',
  removeOf: '{label} entfernen',
  keep: 'Gespeicherten Wert behalten',
  show: 'Anzeigen',
  hide: 'Verbergen',
  showOf: '{label} anzeigen',
  hideOf: '{label} verbergen',
  removed: 'Wird beim Speichern entfernt.',
  cleaned: 'Leerzeichen wurden aus dem eingefügten Wert entfernt.',
  masked: 'Das sieht nach einem verdeckten Wert aus. Fügen Sie das vollständige Geheimnis ein.',
}
