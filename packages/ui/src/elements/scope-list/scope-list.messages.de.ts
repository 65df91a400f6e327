import type { Translation } from '../../locales/message.ts'
import type { scopeListMessages } from './scope-list.messages.ts'

export const scopeListMessagesDe: Translation<typeof scopeListMessages> = {
  all: 'Alle Bereiche',
  restricted: 'Eingeschränkt',
  sensitive: 'Vertraulich',
  open: 'Nicht vertraulich',
  gmailRead: 'Gmail-Nachrichten lesen',
  gmailSend: 'E-Mails als diese Adresse senden',
  calendar: 'Kalender sehen und bearbeiten',
  pubsub: 'Benachrichtigungen einrichten',
  identity: 'Wissen, welches Konto verbunden ist',
  other: 'Berechtigung',
}
