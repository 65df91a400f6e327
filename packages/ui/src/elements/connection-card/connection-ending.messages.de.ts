import type { Translation } from '../../locales/message.ts'
import type { connectionEndingMessages } from './connection-ending.messages.ts'

export const connectionEndingMessagesDe: Translation<typeof connectionEndingMessages> = {
  disconnectTitle: '{name} trennen?',
  disconnectText:
    '{app} liest nicht mehr mit, bestellt die Benachrichtigungen bei Google ab und löscht die Anmeldung. Importiertes bleibt erhalten.',
  revokeText: 'Der Zugriff wird auch im Google-Konto entfernt, sofern ihn keine andere Verbindung nutzt.',
  keep: 'Verbunden lassen',
  disconnect: 'Trennen',
  removeTitle: '{name} entfernen?',
  removeText:
    '{app} vergisst diese Verbindung und ihre Einstellungen. Importiertes bleibt erhalten. Das lässt sich nicht rückgängig machen.',
  keepEntry: 'Behalten',
  remove: 'Entfernen',
}
