import { redirectUris } from '../../model/addresses.ts'
import type { Principal } from '../../model/principal.ts'
import type { GoogleChanges } from '../../wire/index.ts'
import { testPrincipal } from '../create-test-tenantry.ts'
import type { TestTenantry } from '../create-test-tenantry.ts'

export interface GoogleSetup {
  readonly projectId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly serviceAccountKey: string
}

export interface SetUpOptions {
  readonly principal?: Principal
  readonly projectId?: string
  readonly publishing?: 'testing' | 'production' | 'internal'
  readonly notifications?: 'managed' | 'polling'
}

/** A tenant's own Google app, made in the sandbox's console and saved, all of it. */
export async function setUpGoogle(world: TestTenantry, options: SetUpOptions = {}): Promise<GoogleSetup> {
  const setup = await createGoogleApp(world, options)
  await world.sdk.google.save({
    principal: options.principal ?? testPrincipal,
    changes: changesFor(setup, options.notifications ?? 'managed'),
  })
  return setup
}

/** The app in the sandbox's console, before anything is saved with us. */
export async function createGoogleApp(world: Pick<TestTenantry, 'sandbox' | 'sdk'>, options: SetUpOptions = {}): Promise<GoogleSetup> {
  const { google } = world.sandbox
  const { projectId } = google.createProject({
    ...(options.projectId !== undefined && { projectId: options.projectId }),
    publishing: options.publishing ?? 'production',
  })
  const { clientId, clientSecret } = google.createClient({ projectId, redirectUris: Object.values(redirectUris(world.sdk.baseUrl)) })
  const account = await google.createServiceAccount({ projectId, name: 'tenantry-pubsub' })
  return { projectId, clientId, clientSecret, serviceAccountKey: account.keyJson() }
}

export function changesFor(setup: GoogleSetup, notifications: 'managed' | 'polling' = 'managed'): GoogleChanges {
  const replace = (value: string) => ({ action: 'replace' as const, value })
  return {
    notifications,
    userType: 'external',
    projectId: replace(setup.projectId),
    clientId: replace(setup.clientId),
    clientSecret: replace(setup.clientSecret),
    serviceAccountKey: replace(setup.serviceAccountKey),
  }
}
