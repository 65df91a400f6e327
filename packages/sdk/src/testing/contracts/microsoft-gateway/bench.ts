import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { MailboxPath, MicrosoftCall, MicrosoftGateway } from '../../../ports/index.ts'
import type { MicrosoftGatewayWorld } from './world.ts'

export type { MicrosoftGatewayWorld } from './world.ts'
export { encode, print, refusal } from '../google-gateway/bench.ts'

export interface MicrosoftGatewayUnderTest {
  /** Uses the world's endpoints, fetch and clock. */
  readonly gateway: MicrosoftGateway
  /** Its notifications reach somebody who answers Graph's question for a validation token. */
  readonly world: MicrosoftGatewayWorld
  /** How long the gateway waits for an answer, in milliseconds; short, because the suite waits as long. */
  readonly deadlineMs: number
  close(): Promise<void>
}

/** One world for all tests, a fresh shared mailbox and delegate for each. Read its fields inside of tests only. */
export interface Bench extends Readonly<Omit<MicrosoftGatewayUnderTest, 'close'>> {
  /** The shared mailbox of this test. */
  readonly address: string
  readonly mailbox: MailboxPath
  /** Who has Full Access and Send As. */
  readonly delegate: { readonly id: string; readonly address: string }
  readonly call: MicrosoftCall
  /** The app itself. */
  readonly app: MicrosoftCall
  readonly graph: MicrosoftGateway['graph']
  newAddress(name: string): string
  /** With every permission, or by another app with these only. */
  issueToken(address: string, permissions?: readonly string[]): Promise<MicrosoftCall>
  deliver(address: string, subject: string): { readonly id: string; readonly messageId: string }
  sent(operation: string): MicrosoftGatewayWorld['requests']
}

const redirectUri = 'https://app.example.com/api/auth/microsoft/callback'
const usual = ['User.Read', 'Mail.ReadWrite.Shared', 'Mail.Send.Shared', 'Mail.ReadWrite', 'Mail.Send']
const domain = 'contoso.test'
const cloud = 'global'

interface Client {
  readonly clientId: string
  readonly clientSecret: string
}

/** Registers the hooks of the suite and gives what its tests work with. */
export function createBench(create: () => Promise<MicrosoftGatewayUnderTest>): Bench {
  let subject: MicrosoftGatewayUnderTest
  let directoryId: string
  let client: Client
  let address: string
  let delegate: { readonly id: string; readonly address: string }
  let call: MicrosoftCall
  let app: MicrosoftCall
  let count = 0

  const askToken = async ({ clientId, clientSecret }: Client, form: Record<string, string>): Promise<MicrosoftCall> => {
    const { login } = bench.world.microsoftEndpoints[cloud]
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form })
    const response = await bench.world.fetch(new Request(`${login}/${directoryId}/oauth2/v2.0/token`, { method: 'POST', body }))
    const { access_token: accessToken } = (await response.json()) as { access_token?: string }
    if (accessToken === undefined) throw new Error(`The world gave no token: ${response.status}`)
    return { accessToken, cloud }
  }

  const bench: Bench = {
    get gateway() {
      return subject.gateway
    },
    get graph() {
      return subject.gateway.graph
    },
    get world() {
      return subject.world
    },
    get deadlineMs() {
      return subject.deadlineMs
    },
    get address() {
      return address
    },
    get mailbox() {
      return { own: false, address } as const
    },
    get delegate() {
      return delegate
    },
    get call() {
      return call
    },
    get app() {
      return app
    },
    newAddress(name) {
      count += 1
      return `${name}-${count}@${domain}`
    },
    async issueToken(person, permissions) {
      // What was consented to once is in every later token of an app.
      const asker =
        permissions === undefined
          ? client
          : bench.world.microsoft.registerApp({ directoryId, redirectUris: [redirectUri], delegated: [...permissions] })
      const { graph } = bench.world.microsoftEndpoints[cloud].resources
      const scope = (permissions ?? usual).map((name) => `${graph}/${name}`).join(' ')
      const { code } = bench.world.microsoft.grantConsent({ address: person, clientId: asker.clientId, redirectUri, scope })
      if (code === null) throw new Error(`The world let ${person} not consent.`)
      return askToken(asker, { grant_type: 'authorization_code', code, redirect_uri: redirectUri, scope })
    },
    deliver: (to, subject) =>
      bench.world.microsoft.deliverMail(to, {
        eml: new TextEncoder().encode(
          `From: ada@acme.test\r\nTo: ${to}\r\nSubject: ${subject}\r\nMessage-ID: <${bench.newAddress('m')}>\r\n\r\nHello\r\n`,
        ),
      }),
    sent: (operation) => bench.world.requests.filter((request) => request.operation === operation),
  }

  beforeAll(async () => {
    subject = await create()
    const { microsoft, microsoftEndpoints } = subject.world
    directoryId = microsoft.createDirectory({ domain }).directoryId
    client = microsoft.registerApp({ directoryId, redirectUris: [redirectUri] })
    microsoft.createUser({ address: `admin@${domain}`, admin: true })
    microsoft.grantAdminConsent({ clientId: client.clientId, redirectUri })
    app = await askToken(client, { grant_type: 'client_credentials', scope: `${microsoftEndpoints[cloud].resources.graph}/.default` })
  })
  beforeEach(async () => {
    const { microsoft } = bench.world
    delegate = microsoft.createUser({ address: bench.newAddress('dana') })
    address = microsoft.createSharedMailbox({ address: bench.newAddress('sales'), members: [delegate.address] }).address
    call = await bench.issueToken(delegate.address)
    bench.world.clearRequests()
  })
  afterEach(() => bench.world.faults.clear())
  afterAll(() => subject.close())
  return bench
}
