import type { Translation } from '../../locales/message.ts'
import type { missingSetupMessages } from './missing-setup-callout.messages.ts'

export const missingSetupMessagesDe: Translation<typeof missingSetupMessages> = {
  title: '{vendor} ist noch nicht eingerichtet',
  admin: 'Zuerst muss die Administration die {vendor}-App Ihrer Organisation hinterlegen.',
  member: 'Bitten Sie Ihre Administration, {vendor} einzurichten.',
  open: '{vendor}-Einrichtung öffnen',
  linkName: 'Link zur Einrichtung',
  copyLink: 'Link kopieren',
}
