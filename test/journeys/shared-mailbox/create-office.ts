import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { MailServer, Sandbox } from '@tenantry/sandbox'
import { microsoftSharedMailbox } from '@tenantry/sdk'
import type { HostApp, SharedMailboxProvider, SharedMailboxSettings } from '@tenantry/sdk'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import type { MailTransports } from '@tenantry/sdk/ports'
import { complete, createTestTenantry, setUpMicrosoft, testPrincipal } from '@tenantry/sdk/testing'
import type { MicrosoftSetup, TestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createMailComposer } from '@tenantry/server-adapters/mail/compose'
import { createMicrosoftGateway } from '@tenantry/server-adapters/microsoft'

export const principal = testPrincipal
export const delegate = 'dana@acme.test'
export const mailbox = 'sales@acme.test'
const start = Date.UTC(2026, 10, 21, 8)

type MailProviders = { readonly sharedMailbox: SharedMailboxProvider }

export interface Office extends TestTenantry<MailProviders> {
  readonly sandbox: Sandbox
  readonly app: MicrosoftSetup
}

export interface OfficeOptions {
  readonly mail?: Partial<MailTransports>
  /** Where the clock stands, epoch milliseconds. */
  readonly now?: number
  readonly servers?: { readonly imap?: MailServer; readonly smtp?: MailServer }
  /** Registers the host's own app. */
  readonly hostApp?: (sandbox: Sandbox) => HostApp
}

/** An organization at Microsoft with a shared mailbox, a delegate of it and an app, and the sdk that the app was saved in. */
export async function createOffice({ mail = {}, servers = {}, now = start, hostApp }: OfficeOptions = {}): Promise<Office> {
  const deliver = (request: Request): Promise<Response> => world.receivePush(request)
  const sandbox = createSandbox({ clock: createVirtualClock({ now, frozen: true }), deliver, microsoft: servers })
  const shared = { fetch: (request: Request) => sandbox.fetch(request), clock: sandbox.clock }
  const google = createGoogleGateway({ ...shared, endpoints: sandbox.endpoints, crypto: createWebCrypto() })
  const microsoft = createMicrosoftGateway({ ...shared, endpoints: sandbox.microsoftEndpoints })
  const sharedMailbox = microsoftSharedMailbox({
    microsoft,
    mail: { composer: createMailComposer(), ...mail },
    ...(hostApp && { hostApp: hostApp(sandbox) }),
  })
  const world = createTestTenantry<MailProviders>({ sandbox, google, providers: { sharedMailbox: { ...sharedMailbox, pace: undefined } } })
  const { directoryId } = sandbox.microsoft.createDirectory({ domain: 'acme.test' })
  sandbox.microsoft.createUser({ address: delegate, name: 'Dana' })
  sandbox.microsoft.createSharedMailbox({ address: mailbox, name: 'Sales', members: [delegate] })
  const app = await setUpMicrosoft({ ...world, sandbox }, { directoryId })
  return { ...world, sandbox, app }
}

export interface ConnectOptions {
  readonly settings?: Partial<SharedMailboxSettings>
  /** Who signs in, or approves. */
  readonly address?: string
}

/** How a sign-in ended, and what is there now. */
export interface Connected {
  readonly connectionId: string
  readonly code: string | null
}

/** Walks through the sign-in of a mailbox, or its admin consent, and does what is due. */
export async function connectMailbox(office: Office, { settings = {}, address = delegate }: ConnectOptions = {}): Promise<Connected> {
  const begun = await office.sdk.sharedMailbox.connect({ principal, settings: { name: 'Sales', mailbox, ...settings } })
  const { connectionId, authorizationUrl } = begun
  const { code } = await complete(office, begun, consentAt(office, authorizationUrl, address))
  await office.settle()
  return { connectionId, code }
}

/** Where Microsoft sends the browser. */
export function consentAt({ sandbox }: Office, authorizationUrl: string, address: string): string {
  return new URL(authorizationUrl).pathname.endsWith('/adminconsent')
    ? sandbox.microsoft.grantAdminConsent({ adminConsentUrl: authorizationUrl }).redirectTo
    : sandbox.microsoft.grantConsent({ authorizationUrl, address }).redirectTo
}

export async function healthOf({ sdk }: Office, connectionId: string) {
  return (await sdk.sharedMailbox.get({ principal, connectionId })).health
}

/** Moves the clock on and does what is due. */
export async function wait(office: Office, ms: number): Promise<void> {
  await office.sandbox.clock.advance(ms)
  await office.settle()
}

/** What the host was told of mail, oldest first. */
export const received = ({ events }: Pick<Office, 'events'>) =>
  events.flatMap((event) => (event.type === 'message.received' ? [event.message] : []))

/** How often the host was told so. */
export const countOf = (office: Office, type: string): number => office.events.filter((event) => event.type === type).length

/** What Microsoft was asked under an operation's name. */
export const callsTo = ({ sandbox }: Office, operation: string) => sandbox.requests.filter((request) => request.operation === operation)
