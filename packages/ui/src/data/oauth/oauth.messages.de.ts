import type { Translation } from '../../locales/message.ts'
import type { oauthMessages } from './oauth.messages.ts'

export const oauthMessagesDe: Translation<typeof oauthMessages> = { placeholder: '{vendor} wird geöffnet…' }
