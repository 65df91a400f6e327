import { defineMessages } from '../../locales/message.ts'

export const oauthMessages = defineMessages('oauth', { placeholder: 'Opening {vendor}…' })
