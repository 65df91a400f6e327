import type { Translation } from '../../locales/message.ts'
import type { disconnectDialogMessages } from './disconnect-dialog.messages.ts'

export const disconnectDialogMessagesDe: Translation<typeof disconnectDialogMessages> = {
  title: '{name} trennen?',
  mailText:
    '{app} liest dieses Postfach nicht mehr, bestellt die Benachrichtigungen bei {vendor} ab und löscht die Anmeldung. Importiertes bleibt erhalten.',
  calendarText:
    '{app} liest diesen Kalender nicht mehr, bestellt die Benachrichtigungen bei {vendor} ab und löscht die Anmeldung. Importiertes bleibt erhalten.',
  revoke: 'Auch den Zugriff von {app} im {vendor}-Konto entfernen',
  shared: 'Andere Verbindungen nutzen diese Anmeldung. {vendor} würde auch sie beenden.',
  keep: 'Verbunden lassen',
  disconnect: 'Trennen',
  running: 'Wird getrennt.',
}
