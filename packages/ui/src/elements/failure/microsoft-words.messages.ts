import type { ErrorCode } from '@tenantry/sdk/errors'
import { defineMessages } from '../../locales/message.ts'
import type { FailureTexts } from './failure.messages.ts'

type Words = Readonly<Partial<Record<`${ErrorCode}.${keyof FailureTexts}`, string>>>

/** What is said in other words where it is Microsoft that refuses: its own names, its own places. */
export const microsoftWords = defineMessages('microsoftWords', {
  'needs_consent.remedy': 'Check that the app may use offline_access, then sign in again.',
  'app_client_id_invalid.remedy': 'Copy “Application (client) ID” from the app’s overview in Microsoft Entra.',
  'app_secret_invalid.remedy': 'Create a new client secret in Microsoft Entra, copy its value, and replace it here.',
  'app_unauthorized.remedy': 'Check that the app is enabled in Microsoft Entra and that its redirect URI has the platform “Web”.',
  'throttled.detail': 'The mailbox’s quota is used up for now. It is tried again by itself.',
  'callback_domain_unauthorized.title': 'Microsoft refused the notification address',
  'message_too_large.remedy': 'Open it in Outlook, or send large files as links.',
  'client_id_is_email.detail': 'An application (client) ID is a GUID: 8-4-4-4-12 letters and digits.',
  'client_id_is_email.remedy': 'Copy “Application (client) ID” from the app’s overview in Microsoft Entra.',
} as const satisfies Words)
