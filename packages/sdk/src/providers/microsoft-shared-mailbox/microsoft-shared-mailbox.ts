import { TenantryError } from '../../errors/index.ts'
import { publicPaths } from '../../model/addresses.ts'
import type { GraphGateway, MailTransports, MicrosoftCall, MicrosoftGateway } from '../../ports/index.ts'
import { createMicrosoftVendor } from '../../vendors/microsoft/microsoft-vendor.ts'
import type { Provider, ProviderCall } from '../provider.ts'
import { mailboxChecks } from './checks.ts'
import { graphCall, imapOf, mailCall, openMailbox } from './desk.ts'
import { askAtDesk } from './ask-at-desk.ts'
import type { MailboxDesk } from './desk.ts'
import type { HostApp } from './host-app.ts'
import { resolveHostApp } from './host-app.ts'
import { mailboxPace } from './mailbox-pace.ts'
import { mailOffers } from './offers.ts'
import type { MailPair } from './offers.ts'
import { probeMailbox } from './probe.ts'
import { answerGraphHandshake } from './push/answer-handshake.ts'
import { authenticateGraphPush } from './push/authenticate-push.ts'
import { graphRenewAt } from './push/renew.ts'
import { graphPipeTarget, subscribeMailbox, unsubscribeMailbox } from './push/subscribe.ts'
import { writeCursor } from './receive/cursor.ts'
import { mailFeed } from './receive/feed.ts'
import { fetchMail } from './receive/fetch-mail.ts'
import { mailboxVerbs } from './send/mailbox-verbs.ts'
import type { MailboxVerbs } from './send/mailbox-verbs.ts'
import { choiceOf, parseSharedMailboxSettings } from './settings.ts'
import type { SharedMailboxSettings } from './settings.ts'

/** Graph for the host's own calls, where the mailbox reads or sends by it. They are the host's to pace: no budget counts them. */
export interface SharedMailboxClient {
  readonly gateway: GraphGateway
  /** With a token that is valid at that moment. @throws TypeError where neither choice is Graph */
  call(): Promise<MicrosoftCall>
}

export interface SharedMailboxOptions {
  readonly microsoft: MicrosoftGateway
  readonly mail: MailTransports
  /** What people may choose, best first; default all that the transports make possible. */
  readonly choices?: readonly MailPair[]
  /** What organizations may choose instead of an app of their own. It never stands in for one: a connection is pinned to what was chosen. */
  readonly hostApp?: HostApp
}

export interface SharedMailboxProvider extends Provider<SharedMailboxSettings, SharedMailboxClient, MailboxVerbs> {
  readonly microsoft: MicrosoftGateway
  readonly mail: MailTransports
  /** Best first. */
  readonly offers: readonly MailPair[]
  /** The host's own mail API, by the name that people know; `null` when there is none. */
  readonly relayName: string | null
  /** The host's own app is to be had. */
  readonly hasHostApp: boolean
  /** SMTP may send what Graph does not take. */
  readonly hasSmtp: boolean
}

const name = 'microsoft-shared-mailbox'

/** Mail of a Microsoft 365 shared mailbox, in and out. @throws TypeError when an option is wrong */
export function microsoftSharedMailbox(options: SharedMailboxOptions): SharedMailboxProvider {
  const { microsoft, mail } = options
  const vendor = createMicrosoftVendor(microsoft.endpoints)
  const hostApp = options.hostApp && resolveHostApp(microsoft.endpoints, options.hostApp)
  const offered = {
    offers: mailOffers(mail, options.choices),
    relayName: mail.relay?.name ?? null,
    hasHostApp: hostApp !== undefined,
    hasSmtp: mail.smtp !== undefined,
  }
  const desk: MailboxDesk = { microsoft, mail, vendor, ...offered }
  return {
    name,
    microsoft,
    mail,
    ...offered,
    vendor,
    service: 'mailbox',
    callbackPath: publicPaths.microsoftCallback,
    pushPath: publicPaths.microsoftPush,
    audiences: (settings) => choiceOf(settings).audiences,
    grant: (settings) => (choiceOf(settings).grant === 'app' ? 'app' : 'person'),
    pace: mailboxPace,
    reconcileEveryMs: { push: 15 * 60_000, polling: 60_000 },
    quietPipe: true,
    isOnHostApp: ({ app }) => app === 'host',
    hostApp({ app }) {
      if (app !== 'host') return null
      if (hostApp === undefined) throw new TenantryError('host_app_missing')
      return hostApp
    },
    parseSettings: (input) => parseSharedMailboxSettings(input, offered),
    // Whoever has access to the mailbox signs in.
    loginHint: () => undefined,
    address: ({ mailbox }) => mailbox,
    identity: ({ mailbox }) => mailbox,
    // The vendor believes nobody of another directory than the app's.
    checkAccount: () => undefined,
    probe: (call) => probeMailbox(desk, call),
    subscribe: (call, current) => subscribeMailbox(desk, call, current),
    unsubscribe: (call, subscription) => unsubscribeMailbox(desk, call, subscription),
    renewAt: graphRenewAt,
    pipeTarget: (call) => Promise.resolve(graphPipeTarget(desk, call)),
    placeAt: (since) => writeCursor({ kind: 'since', since }),
    start: (call) => mailFeed.start(desk, call),
    pull: (call, cursor, resume) => mailFeed.pull(desk, call, cursor, resume),
    recover: (call, since, resume) => mailFeed.recover(desk, call, since, resume),
    fetch: (call, ref) => fetchMail(desk, call, ref),
    checks: (call) => mailboxChecks(desk, call),
    answerHandshake: answerGraphHandshake,
    authenticatePush: (ports, request) => authenticateGraphPush(name, ports, request),
    listens: ({ receive }) => receive === 'imap',
    listen: (call, input) => listen(desk, call, input),
    createClient: (call) => ({ gateway: microsoft.graph, call: () => graphCall(desk, call) }),
    verbs: (door) => mailboxVerbs(desk, door),
  }
}

/** Only IMAP tells of changes where nobody can be posted to. */
function listen(
  desk: MailboxDesk,
  call: ProviderCall,
  input: { readonly onChange: () => void; readonly signal: AbortSignal },
): Promise<void> | null {
  if (openMailbox(desk, call).settings.receive !== 'imap') return null
  return askAtDesk(desk, call, async () => imapOf(desk).watch(await mailCall(desk, call, 'imap'), input))
}
