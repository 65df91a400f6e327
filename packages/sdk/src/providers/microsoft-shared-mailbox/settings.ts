import { TenantryError } from '../../errors/index.ts'
import { cleanPaste } from '../../model/clean-paste.ts'
import { appChoices, mailChoice, oversizeChoices, receiveChoices, sendChoices } from '../../model/mail-choices.ts'
import type { AppChoice, MailChoice, OversizeChoice, ReceiveChoice, SendChoice } from '../../model/mail-choices.ts'
import { isSamePair } from './offers.ts'
import type { MailPair } from './offers.ts'

export interface SharedMailboxSettings {
  /** Address of the mailbox, in lower case; whoever signs in for it has another. */
  readonly mailbox: string
  /** Default: what the deployment offers first. */
  readonly send: SendChoice
  readonly receive: ReceiveChoice
  /** Whose Entra app signs in: the organization's own, which is the default, or the host's, which has to be named. It stays so until a sign-in for the other. */
  readonly app: AppChoice
  /** What becomes of a message that Graph does not take, not even in parts: `refuse`, which is the default, or `smtp`. */
  readonly oversize: OversizeChoice
}

/** What a deployment offers, and how its relay is called. */
export interface Offered {
  readonly offers: readonly MailPair[]
  readonly relayName: string | null
  /** There is an app of the host's own to choose. */
  readonly hasHostApp: boolean
  /** There is a server to send by that takes more than Graph. */
  readonly hasSmtp: boolean
}

const address =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
const known = ['mailbox', 'send', 'receive', 'app', 'oversize']

/** @throws `mailbox_invalid`, `invalid_input`, `webhook_needs_app`, `smtp_needs_imap`, `relay_needs_imap`, `oversize_needs_graph`, `choice_not_offered`, `host_app_missing`, `host_app_not_for_webhook`, each with its field */
export function parseSharedMailboxSettings(input: Readonly<Record<string, unknown>>, offered: Offered): SharedMailboxSettings {
  const unknown = Object.keys(input).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new TenantryError('invalid_input', { field: 'settings' })
  const [first] = offered.offers
  const mailbox = parseMailbox(input['mailbox'])
  const send = sendChoices.find((choice) => choice === (input['send'] ?? first?.send))
  if (send === undefined) throw new TenantryError('invalid_input', { field: 'send' })
  const receive = receiveChoices.find((choice) => choice === (input['receive'] ?? first?.receive))
  if (receive === undefined) throw new TenantryError('invalid_input', { field: 'receive' })
  refuseUnlessOffered({ send, receive }, offered)
  const oversize = parseOversize(input['oversize'], { send, receive }, offered)
  return { mailbox, send, receive, app: parseApp(input['app'], { send, receive }, offered), oversize }
}

/** Grant and audiences of settings that were parsed. */
export function choiceOf({ send, receive, oversize }: MailPair & { readonly oversize?: OversizeChoice }): MailChoice {
  const choice = mailChoice(send, receive, oversize)
  if ('refused' in choice) throw new TenantryError(choice.refused)
  return choice
}

/** The part after the `@`. */
export const domainOf = (mailbox: string): string => mailbox.slice(mailbox.lastIndexOf('@') + 1)

function parseMailbox(input: unknown): string {
  const mailbox = typeof input === 'string' ? cleanPaste(input).toLowerCase() : ''
  if (mailbox.length > 254 || mailbox.indexOf('@') > 64 || !address.test(mailbox))
    throw new TenantryError('mailbox_invalid', { field: 'mailbox' })
  return mailbox
}

/** An app that acts for itself reads whatever directory approved it, and who names that directory on the way back is not proven: only an app of its own may. */
function parseApp(input: unknown, pair: MailPair, { hasHostApp }: Offered): AppChoice {
  const app = appChoices.find((choice) => choice === (input ?? 'own'))
  if (app === undefined) throw new TenantryError('invalid_input', { field: 'app' })
  if (app === 'host' && !hasHostApp) throw new TenantryError('host_app_missing', { field: 'app' })
  if (app === 'host' && choiceOf(pair).grant === 'app') throw new TenantryError('host_app_not_for_webhook', { field: 'app' })
  return app
}

function parseOversize(input: unknown, { send, receive }: MailPair, { hasSmtp }: Offered): OversizeChoice {
  const oversize = oversizeChoices.find((choice) => choice === (input ?? 'refuse'))
  if (oversize === undefined) throw new TenantryError('invalid_input', { field: 'oversize' })
  const choice = mailChoice(send, receive, oversize)
  if ('refused' in choice) throw new TenantryError(choice.refused, { field: 'oversize' })
  if (oversize === 'smtp' && !hasSmtp) throw new TenantryError('choice_not_offered', { field: 'oversize', values: { choice: 'send' } })
  return oversize
}

function refuseUnlessOffered(pair: MailPair, { offers, relayName }: Offered): void {
  const choice = mailChoice(pair.send, pair.receive)
  if ('refused' in choice)
    throw new TenantryError(choice.refused, { field: 'receive', ...(relayName !== null && { values: { relay: relayName } }) })
  if (offers.some((offer) => isSamePair(offer, pair))) return
  const what = offers.some(({ send }) => send === pair.send) ? 'receive' : 'send'
  throw new TenantryError('choice_not_offered', { field: what, values: { choice: what } })
}
