import type { Translation } from '../../locales/message.ts'
import type { connectionFormMessages } from './connection-form.messages.ts'

export const connectionFormMessagesDe: Translation<typeof connectionFormMessages> = {
  name: 'Name',
  nameHelp: 'Nur Ihr Team sieht ihn.',
  nameProblem: 'Geben Sie einen Namen mit 1 bis 80 Zeichen in einer Zeile ein.',
  connect: 'Mit {vendor} verbinden',
  save: 'Änderungen speichern',
  saveChoice: 'Speichern',
  saved: 'Gespeichert.',
  unsaved: 'Sie haben ungespeicherte Änderungen',
  cancel: 'Abbrechen',
  connectedAs: 'Verbunden als {address}.',
}
