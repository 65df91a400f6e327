import type { Translation } from '../../locales/message.ts'
import type { errorBlockMessages } from './error-block.messages.ts'

export const errorBlockMessagesDe: Translation<typeof errorBlockMessages> = {
  title: 'Etwas ist schiefgegangen',
  retry: 'Erneut versuchen',
  reference: 'Referenz {reference}',
  referenceName: 'Referenz',
}
