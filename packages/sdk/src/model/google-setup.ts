import type { ServiceAccountKey } from './service-account-key.ts'

export type CalendarMode = 'shared' | 'separate'
export type NotificationMode = 'managed' | 'manual' | 'polling'
export type GoogleUserType = 'internal' | 'external'

/** The requirements' secret names, which are the field names of the one `google` bundle. */
export const googleSecretNames = {
  clientId: 'google_client_id',
  clientSecret: 'google_client_secret',
  calendarClientId: 'google_calendar_client_id',
  calendarClientSecret: 'google_calendar_client_secret',
  projectId: 'google_project_id',
  calendarProjectId: 'google_calendar_project_id',
  serviceAccountKey: 'google_service_account_key',
} as const

export type GoogleField = keyof typeof googleSecretNames

export const googleFields = Object.keys(googleSecretNames) as GoogleField[]

/** Who saved a field and when; kept beside the value in the bundle. */
export interface FieldStamp {
  readonly updatedAt: number
  readonly updatedBy: string
}

/** A tenant's Google app as it lies in the secrets provider: one secret, one version. */
export interface GoogleBundle {
  readonly calendarMode: CalendarMode
  readonly notifications: NotificationMode
  readonly userType: GoogleUserType | null
  readonly clientId?: string
  readonly clientSecret?: string
  readonly calendarClientId?: string
  readonly calendarClientSecret?: string
  readonly projectId?: string
  readonly calendarProjectId?: string
  readonly serviceAccountKey?: ServiceAccountKey
  /** Manual notifications: the topic's short name, when it is not ours. Not secret. */
  readonly topicName?: string
  /** Manual notifications: the account that signs, when it is not ours. Not secret. */
  readonly pushServiceAccount?: string
  readonly stamps: Readonly<Partial<Record<GoogleField, FieldStamp>>>
}

export const emptyGoogleBundle: GoogleBundle = { calendarMode: 'shared', notifications: 'managed', userType: null, stamps: {} }

export type GoogleService = 'gmail' | 'calendar'

/** What a service still needs before anyone can connect with it, in the order of the panel. */
export function missingForService(bundle: GoogleBundle, service: GoogleService): GoogleField[] {
  if (service === 'calendar' && bundle.calendarMode === 'separate') return absent(bundle, ['calendarClientId', 'calendarClientSecret'])
  if (service === 'calendar') return absent(bundle, ['clientId', 'clientSecret'])
  const key: GoogleField[] = bundle.notifications === 'managed' ? ['serviceAccountKey'] : []
  return absent(bundle, ['projectId', 'clientId', 'clientSecret', ...key])
}

/** What is missing over all services, each field once. */
export function missingForSetup(bundle: GoogleBundle, services: readonly GoogleService[]): GoogleField[] {
  return [...new Set(services.flatMap((service) => missingForService(bundle, service)))]
}

function absent(bundle: GoogleBundle, fields: GoogleField[]): GoogleField[] {
  return fields.filter((field) => bundle[field] === undefined)
}
