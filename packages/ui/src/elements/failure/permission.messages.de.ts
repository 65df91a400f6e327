import type { Translation } from '../../locales/message.ts'
import type { permissionMessages } from './permission.messages.ts'

export const permissionMessagesDe: Translation<typeof permissionMessages> = {
  gmail: 'Gmail-Nachrichten lesen',
  calendar: 'Kalender sehen und bearbeiten',
  identity: 'Wissen, welches Konto verbunden wurde',
}
