import * as z from 'zod/mini'
import { TenantryError } from '../../errors/index.ts'
import { emptyGoogleBundle, googleFields, missingForService } from '../../model/google-setup.ts'
import type { GoogleBundle, GoogleService } from '../../model/google-setup.ts'
import { Secret } from '../../model/secret.ts'
import type { OAuthApp } from '../vendor.ts'

const stamp = z.object({ updatedAt: z.number(), updatedBy: z.string() })
const text = z.optional(z.string())

const keySchema = z.object({
  type: z.literal('service_account'),
  project_id: z.string(),
  private_key_id: z.string(),
  private_key: z.string(),
  client_email: z.string(),
  client_id: z.string(),
})

const bundleSchema = z.object({
  calendarMode: z.enum(['shared', 'separate']),
  notifications: z.enum(['managed', 'manual', 'polling']),
  userType: z.nullable(z.enum(['internal', 'external'])),
  clientId: text,
  clientSecret: text,
  calendarClientId: text,
  calendarClientSecret: text,
  projectId: text,
  calendarProjectId: text,
  serviceAccountKey: z.optional(keySchema),
  topicName: text,
  pushServiceAccount: text,
  stamps: z.partialRecord(z.enum(googleFields), stamp),
})

/** Reads what {@link writeBundle} wrote. @throws `secrets_unreadable` */
export function readBundle(stored: string | null): GoogleBundle {
  if (stored === null || stored === '') return emptyGoogleBundle
  try {
    return bundleSchema.parse(JSON.parse(stored)) as GoogleBundle
  } catch {
    // The parser's message quotes the secret.
    throw new TenantryError('secrets_unreadable')
  }
}

export function writeBundle(bundle: GoogleBundle): Secret {
  return new Secret(JSON.stringify(bundle))
}

/** The client id of a service, also of an app that is not complete. Calendar uses Gmail's only when the stored mode says so. */
export function clientIdOf(bundle: GoogleBundle, service: GoogleService): string | undefined {
  return usesOwnClient(bundle, service) ? bundle.calendarClientId : bundle.clientId
}

const usesOwnClient = (bundle: GoogleBundle, service: GoogleService): boolean =>
  service === 'calendar' && bundle.calendarMode === 'separate'

/** The OAuth client of a service. @throws `google_not_configured` */
export function resolveGoogleApp(bundle: GoogleBundle, version: string, service: GoogleService): Omit<OAuthApp, 'endpoints'> {
  const missing = missingForService(bundle, service)
  const clientId = clientIdOf(bundle, service)
  const clientSecret = usesOwnClient(bundle, service) ? bundle.calendarClientSecret : bundle.clientSecret
  if (missing.length > 0 || clientId === undefined || clientSecret === undefined) {
    throw new TenantryError('google_not_configured', { values: { missing: missing.join(', ') } })
  }
  return { clientId, clientSecret: new Secret(clientSecret), version }
}
