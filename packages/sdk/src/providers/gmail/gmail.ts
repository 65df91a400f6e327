import { TenantryError } from '../../errors/index.ts'
import { publicPaths } from '../../model/addresses.ts'
import type { Account } from '../../model/connection.ts'
import { googleScopes } from '../../model/scopes.ts'
import type { GmailGateway, GoogleGateway } from '../../ports/index.ts'
import { createGoogleVendor } from '../../vendors/google/google-vendor.ts'
import type { Provider, ProviderCall } from '../provider.ts'
import { authenticateGmailPush } from './authenticate-push.ts'
import { pullGmail, recoverGmail, startGmail } from './pull.ts'
import { parseGmailSettings } from './settings.ts'
import type { GmailSettings } from './settings.ts'
import { gmailRenewAt, subscribeGmail } from './subscribe.ts'

/** An authorized Gmail for the host's own calls; each takes a token that is valid at that moment. */
export interface GmailClient {
  readonly gateway: GmailGateway
  accessToken(): Promise<string>
}

/** Inbound mail of a Gmail mailbox. */
export function gmail(options: {
  readonly google: GoogleGateway
}): Provider<GmailSettings, GmailClient> & { readonly google: GoogleGateway } {
  const { google } = options
  return {
    name: 'gmail',
    google,
    vendor: createGoogleVendor(google.endpoints),
    service: 'gmail',
    callbackPath: publicPaths.gmailCallback,
    pushPath: publicPaths.gmailPush,
    scopes: googleScopes.gmail,
    reconcileEveryMs: { push: 15 * 60_000, polling: 60_000 },
    parseSettings: parseGmailSettings,
    loginHint: ({ mailbox }) => mailbox,
    identity: ({ mailbox }) => mailbox,
    checkAccount: assertMailbox,
    probe: async (call) => {
      const { emailAddress, historyId } = await google.gmail.getProfile({ accessToken: await call.accessToken() })
      assertMailbox(parseGmailSettings(call.connection.settings), { subject: '', address: emailAddress })
      return { cursor: historyId }
    },
    subscribe: (call, current) => subscribeGmail(google, call, current),
    unsubscribe: async (call: ProviderCall) => google.gmail.stop({ accessToken: await call.accessToken() }),
    renewAt: gmailRenewAt,
    start: (call) => startGmail(google, call),
    pull: (call, cursor) => pullGmail(google, call, cursor),
    recover: (call, since) => recoverGmail(google, call, since),
    authenticatePush: authenticateGmailPush,
    createClient: (call) => ({ gateway: google.gmail, accessToken: () => call.accessToken() }),
  }
}

/** @throws `account_mismatch` */
function assertMailbox(settings: GmailSettings, account: Account): void {
  if (settings.allowAlias || account.address.toLowerCase() === settings.mailbox) return
  throw new TenantryError('account_mismatch', { values: { expected: settings.mailbox, actual: account.address } })
}
