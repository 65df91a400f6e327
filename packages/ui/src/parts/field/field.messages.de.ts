import type { Translation } from '../../locales/message.ts'
import type { fieldMessages } from './field.messages.ts'

export const fieldMessagesDe: Translation<typeof fieldMessages> = { optional: 'freiwillig' }
