import type { Translation } from '../../locales/message.ts'
import type { googleAppRowMessages } from './google-app-row.messages.ts'

export const googleAppRowMessagesDe: Translation<typeof googleAppRowMessages> = {
  gmail: 'Google-App Ihrer Organisation `{client}`',
  same: 'Derselbe Client wie bei Gmail, `{client}`',
  separate: 'Eigener Kalender-Client, `{client}`',
  unnamed: 'Google-App Ihrer Organisation',
  open: 'Google-Einrichtung',
}
