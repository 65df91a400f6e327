import type { Translation } from '../../locales/message.ts'
import type { connectionEndingMessages } from './connection-ending.messages.ts'

export const connectionEndingMessagesDe: Translation<typeof connectionEndingMessages> = {
  title: '{name} entfernen?',
  text: '{app} vergisst diese Verbindung und ihre Einstellungen. Importiertes bleibt erhalten. Das lässt sich nicht rückgängig machen.',
  keep: 'Behalten',
  remove: 'Entfernen',
}
