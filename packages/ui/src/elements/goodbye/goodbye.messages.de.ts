import type { Translation } from '../../locales/message.ts'
import type { goodbyeMessages } from './goodbye.messages.ts'

export const goodbyeMessagesDe: Translation<typeof goodbyeMessages> = {
  retriedAt: '{vendor} hat es noch nicht bestätigt. Nächster Versuch: {time}.',
  retriedSoon: '{vendor} hat es noch nicht bestätigt. Gleich wird es erneut versucht.',
  ended: 'Hier getrennt',
  unconfirmed: 'Hier getrennt. {vendor} hat es nicht bestätigt.',
  unconfirmedHelp: 'Entfernen Sie den Zugriff von {app} im {vendor}-Konto.',
  stopsByItself: 'Die Benachrichtigungen ließen sich bei {vendor} nicht abbestellen. Sie enden von selbst innerhalb von 7 Tagen.',
  permissionsPage: 'Berechtigungen im {vendor}-Konto öffnen',
  account: 'Ihr {vendor}-Konto',
}
