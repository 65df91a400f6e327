import { TenantryError } from '../../errors/index.ts'
import { publicPaths } from '../../model/addresses.ts'
import type { Account } from '../../model/connection.ts'
import { googleScopes } from '../../model/scopes.ts'
import type { GmailGateway, GoogleGateway } from '../../ports/index.ts'
import { createGoogleVendor } from '../../vendors/google/google-vendor.ts'
import type { Provider, ProviderCall } from '../provider.ts'
import { authenticateGmailPush } from './push/authenticate-push.ts'
import { gmailChecks } from './checks.ts'
import { listGmailChoices } from './choices.ts'
import { fetchGmailNotifications } from './push/fetch-notifications.ts'
import { fetchGmail } from './fetch.ts'
import { gmailPace } from './pace.ts'
import { gmailPlaceAt, pullGmail, recoverGmail, startGmail } from './pull.ts'
import { parsePushOptions } from './push/options.ts'
import type { GmailPushOptions, PushOptions } from './push/options.ts'
import { parseGmailInput, parseGmailSettings } from './settings.ts'
import type { GmailSettings } from './settings.ts'
import { gmailPipeTarget, gmailRenewAt, subscribeGmail } from './subscribe.ts'

/** An authorized Gmail for the host's own calls; each takes a token that is valid at that moment. They are the host's to pace: no budget counts them. */
export interface GmailClient {
  readonly gateway: GmailGateway
  accessToken(): Promise<string>
}

export interface GmailOptions extends GmailPushOptions {
  readonly google: GoogleGateway
}

export interface GmailProvider extends Provider<GmailSettings, GmailClient> {
  readonly google: GoogleGateway
  readonly push: PushOptions
}

/** Inbound mail of a Gmail mailbox. @throws TypeError when an option is wrong */
export function gmail(options: GmailOptions): GmailProvider {
  const { google } = options
  const push = parsePushOptions(options)
  return {
    name: 'gmail',
    google,
    push,
    vendor: createGoogleVendor(google.endpoints),
    service: 'gmail',
    callbackPath: publicPaths.gmailCallback,
    pushPath: publicPaths.gmailPush,
    audiences: () => [{ name: 'google', scopes: googleScopes.gmail }],
    pace: gmailPace,
    reconcileEveryMs: { push: 15 * 60_000, polling: 60_000 },
    parseSettings: parseGmailInput,
    loginHint: ({ mailbox }) => mailbox,
    identity: ({ mailbox }) => mailbox,
    checkAccount: assertMailbox,
    probe: async (call) => {
      const { emailAddress, historyId } = await google.gmail.getProfile({ accessToken: await call.accessToken() })
      assertMailbox(parseGmailSettings(call.connection.settings), { subject: '', address: emailAddress })
      return { cursor: historyId }
    },
    subscribe: (call, current) => subscribeGmail(google, call, current, push),
    unsubscribe: async (call: ProviderCall) => google.gmail.stop({ accessToken: await call.accessToken() }),
    renewAt: gmailRenewAt,
    pipeTarget: (call) => gmailPipeTarget(call, push),
    placeAt: gmailPlaceAt,
    start: (call) => startGmail(google, call),
    pull: (call, cursor, resume) => pullGmail(google, call, cursor, resume),
    recover: (call, since, resume) => recoverGmail(google, call, since, resume),
    fetch: (call, messageId) => fetchGmail(google, call, messageId),
    fetchNotifications: (call) => fetchGmailNotifications(google, call, push),
    choices: (call) => listGmailChoices(google, call),
    checks: (call) => gmailChecks(google, call, push),
    authenticatePush: authenticateGmailPush,
    createClient: (call) => ({ gateway: google.gmail, accessToken: () => call.accessToken() }),
  }
}

/** @throws `account_mismatch` */
function assertMailbox(settings: GmailSettings, account: Account): void {
  if (settings.allowAlias || account.address.toLowerCase() === settings.mailbox) return
  throw new TenantryError('account_mismatch', { values: { expected: settings.mailbox, actual: account.address } })
}
