import { microsoftRedirectUri } from '../../model/addresses.ts'
import type { Principal } from '../../model/principal.ts'
import type { MicrosoftChanges } from '../../wire/index.ts'
import { testPrincipal } from '../create-test-tenantry.ts'
import type { TestTenantry } from '../create-test-tenantry.ts'
import type { TestMicrosoftWorld } from '../test-microsoft-world.ts'

export interface MicrosoftSetup {
  readonly directoryId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly secretId: string
  /** `2027-01-31`. */
  readonly secretExpiresOn: string
}

export interface MicrosoftSetUpOptions {
  readonly principal?: Principal
  /** Of a new directory. Default `acme.test`. */
  readonly domain?: string
  /** A directory that is there. */
  readonly directoryId?: string
}

type World = Pick<TestTenantry, 'sdk'> & { readonly sandbox: { readonly microsoft: TestMicrosoftWorld } }

/** A tenant's own Entra app, made in the sandbox's admin center and saved, all of it. */
export async function setUpMicrosoft(world: World, options: MicrosoftSetUpOptions = {}): Promise<MicrosoftSetup> {
  const setup = createMicrosoftApp(world, options)
  await world.sdk.microsoft.save({ principal: options.principal ?? testPrincipal, changes: changesForMicrosoft(setup) })
  return setup
}

/** The app in the sandbox's admin center, before anything is saved with us. */
export function createMicrosoftApp(world: World, { domain = 'acme.test', directoryId }: MicrosoftSetUpOptions = {}): MicrosoftSetup {
  const { microsoft } = world.sandbox
  const directory = directoryId ?? microsoft.createDirectory({ domain }).directoryId
  const { clientId, clientSecret, secretId, expiresAt } = microsoft.registerApp({
    directoryId: directory,
    redirectUris: [microsoftRedirectUri(world.sdk.baseUrl)],
  })
  return { directoryId: directory, clientId, clientSecret, secretId, secretExpiresOn: new Date(expiresAt).toISOString().slice(0, 10) }
}

export function changesForMicrosoft({ directoryId, clientId, clientSecret, secretExpiresOn }: MicrosoftSetup): MicrosoftChanges {
  const replace = (value: string) => ({ action: 'replace' as const, value })
  return { directoryId: replace(directoryId), clientId: replace(clientId), clientSecret: replace(clientSecret), secretExpiresOn }
}
