import type { Translation } from '../../locales/message.ts'
import type { gmailLabelsMessages } from './gmail-labels.messages.ts'

export const gmailLabelsMessagesDe: Translation<typeof gmailLabelsMessages> = {
  mode: 'E-Mails importieren, die',
  include: 'eines dieser Labels haben',
  exclude: 'keines dieser Labels haben',
  labels: 'Labels',
  none: 'Keine Labels gefunden',
  missing: 'Nicht mehr im Postfach',
  missingError: { one: '{count} gewähltes Label gibt es nicht mehr.', other: '{count} gewählte Labels gibt es nicht mehr.' },
  chooseAgain: 'Neu wählen',
  INBOX: 'Posteingang',
  UNREAD: 'Ungelesen',
  STARRED: 'Markiert',
  IMPORTANT: 'Wichtig',
  CATEGORY_PERSONAL: 'Kategorie: Allgemein',
  CATEGORY_SOCIAL: 'Kategorie: Soziale Netzwerke',
  CATEGORY_PROMOTIONS: 'Kategorie: Werbung',
  CATEGORY_UPDATES: 'Kategorie: Benachrichtigungen',
  CATEGORY_FORUMS: 'Kategorie: Foren',
  SENT: 'Gesendet',
  DRAFT: 'Entwürfe',
  SPAM: 'Spam',
  TRASH: 'Papierkorb',
  CHAT: 'Chats',
}
