import { guard } from '../connections/guard.ts'
import { runChecks } from '../connections/run-checks.ts'
import type { CheckDefinition } from '../connections/run-checks.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { isLoopback, isPubliclyReachable, redirectUris } from '../model/addresses.ts'
import type { GoogleBundle, GoogleService } from '../model/google-setup.ts'
import { missingForService } from '../model/google-setup.ts'
import type { Principal } from '../model/principal.ts'
import { probeApp } from '../oauth/token-client.ts'
import { resolveGoogleApp } from '../vendors/google/bundle.ts'
import type { CheckReport } from '../wire/index.ts'
import { checkPubSub } from './check-pubsub.ts'
import { loadBundle } from './load-bundle.ts'
import { servicesOf } from './status.ts'

/**
 * Checks the setup against what Google says now; each check fails alone, and one that cannot run says which one it waits for.
 * @throws `forbidden`, `unavailable`, `secrets_unreadable`
 */
export async function test(context: Context, options: { readonly principal: Principal }): Promise<CheckReport> {
  const { principal } = options
  await guard(context, principal, 'google.test')
  const { bundle, version } = await loadBundle(context, principal.tenantId)
  const services = servicesOf(context)
  const separate = services.includes('calendar') && bundle.calendarMode === 'separate'
  return runChecks(context, [
    { id: 'base_url', run: () => checkBaseUrl(context) },
    ...(services.includes('gmail') ? [{ id: 'project_id', run: () => checkProject(bundle) } as const] : []),
    { id: 'client_pair', run: () => checkPair(context, bundle, version, separate && !services.includes('gmail') ? 'calendar' : 'gmail') },
    ...(separate ? [{ id: 'calendar_client_pair', run: () => checkPair(context, bundle, version, 'calendar') } as const] : []),
    { id: 'redirect_uris', needs: 'client_pair', run: () => checkRedirects(context, principal.tenantId, services) },
    ...(services.includes('gmail') && bundle.notifications === 'managed' ? checkPubSub(context, principal.tenantId, bundle) : []),
  ])
}

function checkBaseUrl(context: Context): ReturnType<CheckDefinition['run']> {
  const url = new URL(context.baseUrl)
  if (url.protocol !== 'https:' && !isLoopback(url)) throw new TenantryError('push_not_possible')
  // On localhost people can sign in, and changes are polled.
  return Promise.resolve(
    isPubliclyReachable(context.pushUrl)
      ? { actual: context.pushUrl }
      : { status: 'warn', code: 'push_not_possible', actual: context.pushUrl },
  )
}

function checkProject(bundle: GoogleBundle): ReturnType<CheckDefinition['run']> {
  if (bundle.projectId === undefined) throw new TenantryError('google_not_configured', { values: { missing: 'projectId' } })
  return Promise.resolve({ actual: bundle.projectId })
}

async function checkPair(
  context: Context,
  bundle: GoogleBundle,
  version: string | null,
  service: GoogleService,
): ReturnType<CheckDefinition['run']> {
  const provider = [...context.providers.values()].find((candidate) => candidate.vendor.name === 'google')
  const pair = missingForService({ ...bundle, notifications: 'polling' }, service).filter((field) => field !== 'projectId')
  if (provider === undefined || pair.length > 0) throw new TenantryError('google_not_configured', { values: { missing: pair.join(', ') } })
  const app = resolveGoogleApp({ ...bundle, projectId: bundle.projectId ?? 'unused', notifications: 'polling' }, version ?? '', service)
  await probeApp(context, { endpoints: provider.vendor.oauth, vendor: 'google', app, redirectUri: redirectUris(context.baseUrl)[service] })
  return {}
}

/** Google has no way to ask; a sign-in that worked is the proof. */
async function checkRedirects(context: Context, tenantId: string, services: readonly GoogleService[]): ReturnType<CheckDefinition['run']> {
  const all = await context.store.connections.list(tenantId)
  const proven = services.every((service) =>
    all.some(({ provider, account }) => account !== null && context.providers.get(provider)?.service === service),
  )
  const uris = redirectUris(context.baseUrl)
  return { status: proven ? 'pass' : 'warn', expected: services.map((service) => uris[service]).join('\n') }
}
