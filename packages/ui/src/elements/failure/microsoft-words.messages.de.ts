import type { Translation } from '../../locales/message.ts'
import type { microsoftWords } from './microsoft-words.messages.ts'

export const microsoftWordsDe: Translation<typeof microsoftWords> = {
  'needs_consent.remedy': 'Prüfen Sie, ob die App offline_access verwenden darf, und melden Sie sich erneut an.',
  'app_client_id_invalid.remedy': 'Kopieren Sie „Anwendungs-ID (Client)“ aus der Übersicht der App in Microsoft Entra.',
  'app_secret_invalid.remedy':
    'Erstellen Sie in Microsoft Entra ein neues Clientgeheimnis, kopieren Sie seinen Wert und ersetzen Sie es hier.',
  'app_unauthorized.remedy': 'Prüfen Sie in Microsoft Entra, ob die App aktiviert ist und ihre Umleitungs-URI zur Plattform „Web“ gehört.',
  'throttled.detail': 'Das Kontingent des Postfachs ist für den Moment aufgebraucht. Es wird von selbst erneut versucht.',
  'callback_domain_unauthorized.title': 'Microsoft hat die Adresse für Benachrichtigungen abgelehnt',
  'message_too_large.remedy': 'Öffnen Sie sie in Outlook, oder senden Sie große Dateien als Links.',
  'client_id_is_email.detail': 'Eine Anwendungs-ID (Client) ist eine GUID: 8-4-4-4-12 Buchstaben und Ziffern.',
  'client_id_is_email.remedy': 'Kopieren Sie „Anwendungs-ID (Client)“ aus der Übersicht der App in Microsoft Entra.',
}
