import { guard, isAllowed } from '../connections/guard.ts'
import { isDraft } from '../connections/list.ts'
import type { Context } from '../context.ts'
import { encodeText } from '../crypto/base64url.ts'
import { isLoopback, isPubliclyReachable, redirectUris } from '../model/addresses.ts'
import { maskClientId } from '../model/client-id.ts'
import { googleFields, missingForService, missingForSetup } from '../model/google-setup.ts'
import type { GoogleBundle, GoogleField, GoogleService } from '../model/google-setup.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import { googleScopes } from '../model/scopes.ts'
import type { FieldFact, GoogleSetupStatus } from '../wire/index.ts'
import { describeEndings } from './describe-endings.ts'
import { describeProvisioning } from './describe-provisioning.ts'
import { describeGoodbyes } from './goodbye/describe-goodbyes.ts'
import { loadBundle } from './load-bundle.ts'

/**
 * What is set up, what is missing, and what to show: no secret, no part of one, no length. @throws `forbidden`, `unavailable`, `secrets_unreadable`
 */
export async function status(context: Context, options: { readonly principal: Principal }): Promise<GoogleSetupStatus> {
  await guard(context, options.principal, 'google.read')
  return describeSetup(context, options.principal)
}

export async function describeSetup(context: Context, principal: Principal): Promise<GoogleSetupStatus> {
  const { bundle, version } = await loadBundle(context, principal.tenantId)
  const services = servicesOf(context)
  const connections = await context.store.connections.list(principal.tenantId)
  const missing = missingForSetup(bundle, services)
  const set = googleFields.filter((field) => bundle[field] !== undefined)
  return {
    state: missing.length === 0 ? 'configured' : set.length === 0 ? 'missing' : 'partial',
    version,
    calendarMode: bundle.calendarMode,
    notifications: bundle.notifications,
    userType: bundle.userType,
    projectId: bundle.projectId ?? null,
    calendarProjectId: bundle.calendarProjectId ?? null,
    maskedClientId: bundle.clientId === undefined ? null : maskClientId(bundle.clientId),
    maskedCalendarClientId: bundle.calendarClientId === undefined ? null : maskClientId(bundle.calendarClientId),
    fields: await fieldFacts(context, principal.tenantId, bundle),
    missing,
    missingFor: { gmail: missingForService(bundle, 'gmail'), calendar: missingForService(bundle, 'calendar') },
    redirectUris: redirectUris(context.baseUrl),
    baseUrlProblem: context.baseUrl.startsWith('https:') || isLoopback(new URL(context.baseUrl)) ? null : 'not_https',
    pushPossible: isPubliclyReachable(context.pushUrl),
    scopes: { gmail: [...googleScopes.gmail], calendar: [...googleScopes.calendar], identity: [...googleScopes.identity] },
    connections: countConnections(context, connections),
    provisioning: await describeProvisioning(context, principal.tenantId, bundle, connections),
    endingSignIns: await describeEndings(context, connections),
    goodbye: await describeGoodbyes(context, principal.tenantId),
    permissions: {
      save: await isAllowed(context, principal, 'google.save'),
      test: await isAllowed(context, principal, 'google.test'),
      reset: await isAllowed(context, principal, 'google.reset'),
    },
  }
}

/** The Google services that the host offers. */
export function servicesOf(context: Context): GoogleService[] {
  const services = [...context.providers.values()].filter(({ vendor }) => vendor.name === 'google').map(({ service }) => service)
  return (['gmail', 'calendar'] as const).filter((service) => services.includes(service))
}

function countConnections(context: Context, connections: readonly Connection[]): { gmail: number; calendar: number } {
  const all = connections.filter((connection) => !isDraft(connection) && connection.status !== 'disconnected')
  const count = (service: GoogleService) => all.filter(({ provider }) => context.providers.get(provider)?.service === service).length
  return { gmail: count('gmail'), calendar: count('calendar') }
}

async function fieldFacts(context: Context, tenantId: string, bundle: GoogleBundle): Promise<Record<GoogleField, FieldFact>> {
  const key = await context.envelope.deriveKey(tenantId, 'fingerprint')
  const facts = await Promise.all(
    googleFields.map(async (field): Promise<[GoogleField, FieldFact]> => {
      const value = bundle[field]
      const stamp = bundle.stamps[field]
      if (value === undefined || stamp === undefined) return [field, { set: false }]
      const digest = await context.crypto.hmacSha256(key, encodeText(`${field}:${JSON.stringify(value)}`))
      const fingerprint = [...digest.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      return [field, { set: true, fingerprint, updatedAt: new Date(stamp.updatedAt).toISOString(), updatedBy: stamp.updatedBy }]
    }),
  )
  return Object.fromEntries(facts) as Record<GoogleField, FieldFact>
}
