import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { isLoopback, isPubliclyReachable, redirectUris } from '../model/addresses.ts'
import type { Connection } from '../model/connection.ts'
import { missingForService } from '../model/google-setup.ts'
import type { GoogleBundle, GoogleService } from '../model/google-setup.ts'
import { probeApp } from '../oauth/token-client.ts'
import type { CheckOutcome } from '../connections/run-checks.ts'
import { resolveGoogleApp } from '../vendors/google/bundle.ts'

/** On localhost people can sign in, and changes are polled. */
export function checkBaseUrl({ baseUrl, pushUrl }: Context): CheckOutcome {
  const url = new URL(baseUrl)
  const seen = { actual: pushUrl, facts: { baseUrl, pushUrl } }
  if (url.protocol !== 'https:' && !isLoopback(url)) return { ...seen, status: 'fail', code: 'push_not_possible' }
  return isPubliclyReachable(pushUrl) ? seen : { ...seen, status: 'warn', code: 'push_not_possible' }
}

export function checkProject({ projectId }: GoogleBundle): CheckOutcome {
  if (projectId === undefined) throw new TenantryError('google_not_configured', { values: { missing: 'projectId' } })
  return { actual: projectId }
}

/** Asks the token endpoint with a code that nobody has: what it says first is whether it knows client and secret. */
export async function checkPair(
  context: Context,
  bundle: GoogleBundle,
  version: string | null,
  service: GoogleService,
): Promise<CheckOutcome> {
  const provider = [...context.providers.values()].find((candidate) => candidate.vendor.name === 'google')
  const pair = missingForService({ ...bundle, notifications: 'polling' }, service).filter((field) => field !== 'projectId')
  if (provider === undefined || pair.length > 0) throw new TenantryError('google_not_configured', { values: { missing: pair.join(', ') } })
  const app = resolveGoogleApp({ ...bundle, projectId: bundle.projectId ?? 'unused', notifications: 'polling' }, version ?? '', service)
  await probeApp(context, { endpoints: provider.vendor.oauth, vendor: 'google', app, redirectUri: redirectUris(context.baseUrl)[service] })
  return {}
}

/** Google has no way to ask; a sign-in that worked is the proof. */
export function checkRedirects(context: Context, connections: readonly Connection[], services: readonly GoogleService[]): CheckOutcome {
  const isProven = (service: GoogleService) =>
    connections.some(({ provider, account }) => account !== null && context.providers.get(provider)?.service === service)
  const uris = redirectUris(context.baseUrl)
  return {
    status: services.every(isProven) ? 'pass' : 'warn',
    expected: services.map((service) => uris[service]).join('\n'),
    facts: Object.fromEntries(services.map((service) => [`${service}Proven`, isProven(service)])),
  }
}
