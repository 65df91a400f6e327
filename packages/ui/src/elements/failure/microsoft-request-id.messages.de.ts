import type { Translation } from '../../locales/message.ts'
import type { microsoftRequestIdMessages } from './microsoft-request-id.messages.ts'

export const microsoftRequestIdMessagesDe: Translation<typeof microsoftRequestIdMessages> = {
  shown: 'Microsoft-Anforderungs-ID {id}',
  name: 'Microsoft-Anforderungs-ID',
}
