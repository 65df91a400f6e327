import type { Translation } from '../../locales/message.ts'
import type { missingSetupMessages } from './missing-setup-callout.messages.ts'

export const missingSetupMessagesDe: Translation<typeof missingSetupMessages> = {
  title: 'Google ist noch nicht eingerichtet',
  admin: 'Zuerst muss die Administration die Google-App Ihrer Organisation hinterlegen.',
  member: 'Bitten Sie Ihre Administration, Google einzurichten.',
  open: 'Google-Einrichtung öffnen',
  linkName: 'Link zur Einrichtung',
  copyLink: 'Link kopieren',
}
