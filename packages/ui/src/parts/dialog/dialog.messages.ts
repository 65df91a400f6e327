import { defineMessages } from '../../locales/message.ts'

export const dialogMessages = defineMessages('dialog', { close: 'Close' })
