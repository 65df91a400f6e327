import type { Translation } from '../../locales/message.ts'
import type { checkboxListMessages } from './checkbox-list.messages.ts'

export const checkboxListMessagesDe: Translation<typeof checkboxListMessages> = {
  search: 'Suchen',
  found: { one: '{count} gefunden', other: '{count} gefunden' },
  none: 'Nichts gefunden',
  chosen: { one: '{count} ausgewählt', other: '{count} ausgewählt' },
}
