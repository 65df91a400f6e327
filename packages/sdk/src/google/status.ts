import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import { redirectUris } from '../model/addresses.ts'
import { maskClientId } from '../model/client-id.ts'
import { googleFields, missingForService, missingForSetup } from '../model/google-setup.ts'
import type { GoogleService } from '../model/google-setup.ts'
import { isDraft } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import { googleScopes } from '../model/scopes.ts'
import { describeAddresses } from '../setup/describe-addresses.ts'
import { describeFields } from '../setup/describe-fields.ts'
import { describeGoodbyes } from '../setup/describe-goodbyes.ts'
import { describePermissions } from '../setup/describe-permissions.ts'
import type { GoogleSetupStatus } from '../wire/index.ts'
import { describeEndings } from './describe-endings.ts'
import { describeProvisioning } from './describe-provisioning.ts'
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
    fields: await describeFields(context, principal.tenantId, googleFields, bundle),
    missing,
    missingFor: { gmail: missingForService(bundle, 'gmail'), calendar: missingForService(bundle, 'calendar') },
    redirectUris: redirectUris(context.baseUrl),
    ...describeAddresses(context),
    scopes: { gmail: [...googleScopes.gmail], calendar: [...googleScopes.calendar], identity: [...googleScopes.identity] },
    connections: countConnections(context, connections),
    provisioning: await describeProvisioning(context, principal.tenantId, bundle, connections),
    endingSignIns: await describeEndings(context, connections),
    goodbye: await describeGoodbyes(context, principal.tenantId, 'google'),
    permissions: await describePermissions(context, principal, 'google'),
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
