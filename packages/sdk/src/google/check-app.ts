import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { redirectUris } from '../model/addresses.ts'
import type { Connection } from '../model/connection.ts'
import { missingForService } from '../model/google-setup.ts'
import type { GoogleBundle, GoogleService } from '../model/google-setup.ts'
import { revealSecret } from '../model/secret.ts'
import { probeApp } from '../oauth/token-client.ts'
import type { CheckOutcome } from '../connections/run-checks.ts'
import { checkRedirects } from '../setup/check-redirects.ts'
import { writeBundle } from '../vendors/google/bundle.ts'

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
  const complete = { ...bundle, projectId: bundle.projectId ?? 'unused', notifications: 'polling' } as const
  const app = provider.vendor.resolveApp(revealSecret(writeBundle(complete)), version ?? '', service)
  await probeApp(context, { vendor: 'google', app, redirectUri: redirectUris(context.baseUrl)[service] })
  return {}
}

/** Of the services that the host offers, each by its own redirect URI. */
export function checkRedirectUris(context: Context, connections: readonly Connection[], services: readonly GoogleService[]): CheckOutcome {
  const isProven = (service: GoogleService) =>
    connections.some(({ provider, account }) => account !== null && context.providers.get(provider)?.service === service)
  const uris = redirectUris(context.baseUrl)
  return checkRedirects(services.map((service) => ({ name: service, uri: uris[service], isProven: isProven(service) })))
}
