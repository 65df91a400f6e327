import type { Translation } from '../../locales/message.ts'
import type { goodbyeMessages } from './goodbye.messages.ts'

export const goodbyeMessagesDe: Translation<typeof goodbyeMessages> = {
  retriedAt: 'Google hat es noch nicht bestätigt. Nächster Versuch: {time}.',
  retriedSoon: 'Google hat es noch nicht bestätigt. Gleich wird es erneut versucht.',
  ended: 'Hier getrennt',
  unconfirmed: 'Hier getrennt. Google hat es nicht bestätigt.',
  unconfirmedHelp: 'Entfernen Sie den Zugriff von {app} im Google-Konto.',
  stopsByItself: 'Die Benachrichtigungen ließen sich bei Google nicht abbestellen. Sie enden von selbst innerhalb von 7 Tagen.',
  permissionsPage: 'Berechtigungen im Google-Konto öffnen',
  account: 'Ihr Google-Konto',
}
