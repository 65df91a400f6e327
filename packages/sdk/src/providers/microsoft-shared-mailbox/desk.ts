import type { Account } from '../../model/connection.ts'
import type { MailAudience } from '../../model/mail-choices.ts'
import type { MicrosoftCloud } from '../../model/microsoft-setup.ts'
import type {
  ImapTransport,
  MailCall,
  MailboxPath,
  MailTransports,
  MicrosoftCall,
  MicrosoftGateway,
  SmtpTransport,
} from '../../ports/index.ts'
import { cloudOf } from '../../vendors/microsoft/clouds.ts'
import type { Vendor } from '../../vendors/vendor.ts'
import type { ProviderCall } from '../provider.ts'
import { choiceOf, parseSharedMailboxSettings } from './settings.ts'
import type { Offered, SharedMailboxSettings } from './settings.ts'

/** What the provider works with, whatever the connection. */
export interface MailboxDesk extends Offered {
  readonly microsoft: MicrosoftGateway
  readonly mail: MailTransports
  readonly vendor: Vendor
}

/** One connection at the desk. */
export interface OpenMailbox {
  readonly settings: SharedMailboxSettings
  /** Who signed in: the delegate, or whom the app acts for. */
  readonly account: Account
  /** In Graph. */
  readonly path: MailboxPath
}

/** What a connection is, told by its row alone. */
export function openMailbox(desk: MailboxDesk, { connection }: Pick<ProviderCall, 'connection'>): OpenMailbox {
  const settings = parseSharedMailboxSettings(connection.settings, desk)
  const account = connection.account ?? { subject: '', address: '' }
  const isOwn = choiceOf(settings).grant === 'delegated' && account.address.toLowerCase() === settings.mailbox
  return { settings, account, path: isOwn ? { own: true } : { own: false, address: settings.mailbox } }
}

/** How `accessToken` is told an audience: the first one of a connection has no name there. */
export function audienceNamed(settings: SharedMailboxSettings, name: MailAudience): MailAudience | undefined {
  return choiceOf(settings).audiences[0]?.name === name ? undefined : name
}

export async function graphCall(desk: MailboxDesk, call: ProviderCall): Promise<MicrosoftCall> {
  const { settings } = openMailbox(desk, call)
  const cloud = await cloudFor(desk, call)
  return { accessToken: await call.accessToken(audienceNamed(settings, 'graph')), cloud }
}

/**
 * Where and as whom a mail server is signed in at: IMAP opens the mailbox by its own name, with the delegate's token; SMTP signs the delegate in, and
 * whose mail it is stands in the envelope.
 */
export async function mailSignIn(desk: MailboxDesk, call: ProviderCall, protocol: 'imap' | 'smtp'): Promise<Omit<MailCall, 'accessToken'>> {
  const { settings, account } = openMailbox(desk, call)
  const server = desk.microsoft.endpoints[await cloudFor(desk, call)][protocol]
  return { server, user: protocol === 'imap' ? settings.mailbox : account.address }
}

export async function mailCall(desk: MailboxDesk, call: ProviderCall, protocol: 'imap' | 'smtp'): Promise<MailCall> {
  const { settings } = openMailbox(desk, call)
  const accessToken = await call.accessToken(audienceNamed(settings, 'outlook'))
  return { ...(await mailSignIn(desk, call, protocol)), accessToken }
}

/** Settings that name IMAP were refused without it. */
export function imapOf({ mail: { imap } }: MailboxDesk): ImapTransport {
  if (imap === undefined) throw new TypeError('microsoftSharedMailbox: there is no IMAP transport')
  return imap
}

export function smtpOf({ mail: { smtp } }: MailboxDesk): SmtpTransport {
  if (smtp === undefined) throw new TypeError('microsoftSharedMailbox: there is no SMTP transport')
  return smtp
}

const clouds = new WeakMap<ProviderCall, Promise<MicrosoftCloud>>()

/** The app says in which cloud it is; it is read once for each piece of work. */
export function cloudFor(desk: MailboxDesk, call: ProviderCall): Promise<MicrosoftCloud> {
  const known = clouds.get(call)
  if (known !== undefined) return known
  const found = call.app().then((app) => cloudOf(desk.microsoft.endpoints, app))
  clouds.set(call, found)
  // A client that the host keeps asks again.
  found.catch(() => clouds.delete(call))
  return found
}
