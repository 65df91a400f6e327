export { Secret, revealSecret } from './secret.ts'
export { assertPrincipal, systemTenantId } from './principal.ts'
export type { Principal } from './principal.ts'
export { cleanPaste, isMasked } from './clean-paste.ts'
export { parseProjectId } from './project-id.ts'
export { maskClientId, parseClientId, parseClientSecret } from './client-id.ts'
export { maskEntraClientId, parseEntraClientId, parseEntraClientSecret } from './entra-app.ts'
export { parseDirectoryId } from './directory-id.ts'
export { readGuid } from './guid.ts'
export { daysUntil, parseSecretExpiry } from './secret-expiry.ts'
export { assertKeyProject, maxKeyFileBytes, parseServiceAccountKey } from './service-account-key.ts'
export type { ServiceAccountKey } from './service-account-key.ts'
export { checkIds, fixIds } from './check.ts'
export type { Check, CheckId, Fix, FixId } from './check.ts'
export { canTransition, connectionStatuses, isLive } from './connection.ts'
export type { Account, Connection, ConnectionStatus, DeliveryMode } from './connection.ts'
export { emptyGoogleBundle, googleFields, googleSecretNames, missingForService, missingForSetup } from './google-setup.ts'
export type {
  CalendarMode,
  FieldStamp,
  GoogleBundle,
  GoogleField,
  GoogleService,
  GoogleUserType,
  NotificationMode,
} from './google-setup.ts'
export { emptyMicrosoftBundle, microsoftClouds, microsoftFields, microsoftSecretNames, missingForMicrosoft } from './microsoft-setup.ts'
export type { MicrosoftBundle, MicrosoftCloud, MicrosoftField } from './microsoft-setup.ts'
export { mailChoice, mailPresets, receiveChoices, sendChoices } from './mail-choices.ts'
export type { ChoiceRefusal, MailAudience, MailChoice, MailGrant, MailPreset, ReceiveChoice, SendChoice } from './mail-choices.ts'
export { googleScopes, missingScopes } from './scopes.ts'
export { isLoopback, isPubliclyReachable, microsoftRedirectUri, parseBaseUrl, publicPaths, redirectUris } from './addresses.ts'
export type { CalendarAttendee, CalendarEvent, CalendarMoment } from './calendar-event.ts'
export { isNotice, isStatusEvent, statusEvents } from './events.ts'
export type {
  AuthenticationResult,
  CalendarChanged,
  ConnectionChanged,
  EventBase,
  EventOf,
  EventOrigin,
  GapRecovered,
  ItemSkipped,
  MailAddress,
  MailAttachment,
  MailAuthentication,
  MessageReceived,
  SignInEnding,
  TenantryEvent,
  TenantryEventType,
} from './events.ts'
