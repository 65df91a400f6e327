import type { Translation } from '../../locales/message.ts'
import type { dialogMessages } from './dialog.messages.ts'

export const dialogMessagesDe: Translation<typeof dialogMessages> = { close: 'Schließen' }
