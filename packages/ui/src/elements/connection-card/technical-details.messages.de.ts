import type { Translation } from '../../locales/message.ts'
import type { technicalDetailsMessages } from './technical-details.messages.ts'

export const technicalDetailsMessagesDe: Translation<typeof technicalDetailsMessages> = {
  details: 'Einzelheiten',
  id: 'Verbindungs-ID',
  topic: 'Topic',
  endpoint: 'Push-Adresse',
  channel: 'Kanal',
  resource: 'Ressource',
  openedAt: 'Geöffnet',
  renewAt: 'Verlängerung fällig',
  expiresAt: 'Endet',
  failures: 'Fehlversuche in Folge',
  lastNotification: 'Letzte Benachrichtigung',
  lastCheck: 'Letzte Prüfung',
  silenceCheck: 'Stille wird geprüft',
  none: 'Keine',
}
