import { defineMessages } from '../../locales/message.ts'

export const fieldMessages = defineMessages('field', { optional: 'optional' })
