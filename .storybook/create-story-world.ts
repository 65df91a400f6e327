import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox } from '@tenantry/sandbox'
import { microsoftSharedMailbox } from '@tenantry/sdk'
import type { HostApp, MailPair, SharedMailboxProvider } from '@tenantry/sdk'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { TenantryError } from '@tenantry/sdk/errors'
import { Secret } from '@tenantry/sdk/model'
import type { Action, SecretsProvider } from '@tenantry/sdk/ports'
import { createMemoryMail, createMemorySecrets, createTestTenantry, testPrincipal } from '@tenantry/sdk/testing'
import type { TestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createHandler } from '@tenantry/server-adapters/http'
import { createMicrosoftGateway } from '@tenantry/server-adapters/microsoft'
import { asSentByBrowser, createCookieJar, keepCookies } from './browser.ts'

export interface StoryWorldOptions {
  /** Origin of the pretended deployment. Default `https://app.example.com`. */
  readonly baseUrl?: string
  /** How shared mailboxes may send and receive. Default all that there is. */
  readonly choices?: readonly MailPair[]
  /** The product has a Microsoft app of its own that tenants may choose. Default no. */
  readonly hostApp?: boolean
}

/** What the host's own rules and machines do; scenarios and play functions change it. */
export interface Surroundings {
  /** What the person may not do. */
  denied: readonly Action[]
  /** The secret store does not answer. */
  secretsDown: boolean
  /** Requests do not arrive. */
  offline: boolean
  /** Calls that are not answered while they stand here, such as `PATCH /google`. */
  held: readonly string[]
}

/** A host's whole back end in the page: the sdk on memory adapters, its HTTP handler, Google and Microsoft. */
export interface StoryWorld extends TestTenantry<{ readonly sharedMailbox: SharedMailboxProvider }> {
  readonly sandbox: Sandbox
  readonly surroundings: Surroundings
  /** Answers what a browser on the host's page sends. */
  answer(request: Request): Promise<Response>
}

/** 21 November 2026, 08:00 UTC: every story starts then, so that every run shows the same. */
export const storyStart = Date.UTC(2026, 10, 21, 8)

/** A fresh world, on a clock that only scenarios and the toolbar move. */
export function createStoryWorld({ baseUrl = 'https://app.example.com', choices, hostApp = false }: StoryWorldOptions = {}): StoryWorld {
  const surroundings: Surroundings = { denied: [], secretsDown: false, offline: false, held: [] }
  const clock = createVirtualClock({ now: storyStart, frozen: true })
  const sandbox = createSandbox({ clock, deliver: (request) => tenantry.receivePush(request) })
  sandbox.google.createAccount({ address: 'support@acme.test', name: 'Acme Support' })
  sandbox.google.createAccount({ address: 'dana@acme.test', name: 'Dana' })
  const google = createGoogleGateway({ endpoints: sandbox.endpoints, fetch: sandbox.fetch, crypto: createWebCrypto(), clock })
  const microsoft = createMicrosoftGateway({ endpoints: sandbox.microsoftEndpoints, fetch: sandbox.fetch, clock })
  // A browser has no sockets: the mail servers stand in memory, over the same mailboxes.
  const sharedMailbox = microsoftSharedMailbox({
    microsoft,
    mail: createMemoryMail(sandbox.microsoft),
    ...(choices && { choices }),
    ...(hostApp && { hostApp: registerHostApp(sandbox, baseUrl) }),
  })
  const secrets = failWhen(() => surroundings.secretsDown, createMemorySecrets({ now: clock.now }))
  const tenantry = createTestTenantry({
    sandbox,
    google,
    secrets,
    baseUrl,
    providers: { sharedMailbox: { ...sharedMailbox, pace: undefined } },
    authorize: ({ action }) => !surroundings.denied.includes(action),
  })
  const jar = createCookieJar()
  const handler = createHandler(keepCookies(tenantry.sdk, jar), { identify: () => testPrincipal })

  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (surroundings.offline) return Response.error()
    const call = `${request.method} ${pathname.replace('/api/tenantry', '')}`
    while (surroundings.held.includes(call)) await new Promise((resolve) => setTimeout(resolve, heldMs))
    return handler(asSentByBrowser(request, baseUrl, jar))
  }
  return { ...tenantry, sandbox, surroundings, answer }
}

const heldMs = 50

/** An app that people of any organization may sign in with, of the product's own directory. */
function registerHostApp({ microsoft }: Sandbox, baseUrl: string): HostApp {
  const { directoryId } = microsoft.createDirectory({ domain: 'product.test' })
  const redirectUris = [`${baseUrl}/api/auth/microsoft/callback`]
  const { clientId, clientSecret } = microsoft.registerApp({ directoryId, name: 'Helpdesk', redirectUris, multiTenant: true })
  return { clientId, clientSecret: new Secret(clientSecret) }
}

function failWhen(isDown: () => boolean, secrets: SecretsProvider): SecretsProvider {
  const guard = <Result>(call: () => Promise<Result>): Promise<Result> =>
    isDown() ? Promise.reject(new TenantryError('unavailable')) : call()
  return {
    ...secrets,
    get: (ref) => guard(() => secrets.get(ref)),
    put: (ref, value, ifVersion) => guard(() => secrets.put(ref, value, ifVersion)),
  }
}
