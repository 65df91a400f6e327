import type { Translation } from '../../locales/message.ts'
import type { fileDropMessages } from './file-drop.messages.ts'

export const fileDropMessagesDe: Translation<typeof fileDropMessages> = {
  choose: 'Datei auswählen',
  dragging: 'Lassen Sie die Datei los, um sie zu lesen',
  reading: '{file} wird gelesen',
  read: '{file} gelesen',
  replaced: 'Ersetzt durch {file}',
  again: 'Andere Datei auswählen',
  clear: 'Leeren',
  paste: 'JSON einfügen',
  pasteLabel: 'JSON-Text',
  readPasted: 'Text lesen',
  pastedName: 'der eingefügte Text',
  cancel: 'Abbrechen',
  multiple: 'Legen Sie nur eine Datei ab.',
  tooBig: 'Diese Datei ist größer als {limit} KB. Wählen Sie die Datei, die Sie von Google erhalten haben.',
  unreadable: 'Ihr Browser konnte diese Datei nicht lesen. Wählen Sie sie erneut aus.',
}
