import type { Translation } from '../../locales/message.ts'
import type { copyMessages } from './copy.messages.ts'

export const copyMessagesDe: Translation<typeof copyMessages> = {
  copy: 'Kopieren',
  copyOf: '{what} kopieren',
  copied: 'Kopiert',
  copiedOf: '{what} kopiert',
  copyAll: 'Alle kopieren',
  denied: 'Drücken Sie Strg+C (oder Cmd+C) zum Kopieren.',
}
