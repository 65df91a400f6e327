import type { Translation } from '../../locales/message.ts'
import type { taskListMessages } from './task-list.messages.ts'

export const taskListMessagesDe: Translation<typeof taskListMessages> = {
  waiting: 'wartet',
  working: 'läuft',
  done: 'fertig',
  failed: 'fehlgeschlagen',
  skipped: 'übersprungen',
}
