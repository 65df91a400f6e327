/** How a shared mailbox sends: by Graph, by SMTP, or through a mail API of the host. */
export const sendChoices = ['graph', 'smtp', 'relay'] as const
/** How it receives: by asking Graph for changes, by Graph's notifications, or by IMAP. */
export const receiveChoices = ['delta', 'webhook', 'imap'] as const

/** Whose Entra app signs in: the organization's own, or one of the host's. */
export const appChoices = ['own', 'host'] as const

/** What becomes of a message that Graph does not take, not even in parts: it is refused, or SMTP sends it. */
export const oversizeChoices = ['refuse', 'smtp'] as const

export type SendChoice = (typeof sendChoices)[number]
export type ReceiveChoice = (typeof receiveChoices)[number]
export type AppChoice = (typeof appChoices)[number]
export type OversizeChoice = (typeof oversizeChoices)[number]

/** What an access token is for; Graph and Outlook cannot be mixed in one. `app` ones belong to the app itself and not to a person. */
export type MailAudience = 'graph' | 'outlook'

/** Who holds the grant: the person who signed in (a delegate of the mailbox), or the app, by an admin's consent. */
export type MailGrant = 'delegated' | 'app'

export type MailChoice = {
  readonly grant: MailGrant
  /** The first is the audience of what is received, and of the sign-in's own token. */
  readonly audiences: readonly { readonly name: MailAudience; readonly scopes: readonly string[] }[]
}

/** Why two choices do not go together. */
export type ChoiceRefusal = 'webhook_needs_app' | 'smtp_needs_imap' | 'relay_needs_imap' | 'oversize_needs_graph'

const graphReceive = ['Mail.ReadWrite.Shared', 'User.Read']
const graphSend = ['Mail.Send.Shared']
const imap = ['IMAP.AccessAsUser.All']
const smtp = ['SMTP.Send']

/**
 * Notifications on a shared mailbox are delivered to app-only tokens alone, SMTP and the relay go with IMAP, and nothing else is offered.
 * Source: learn.microsoft.com, "Outlook change notifications overview" and "Authenticate an IMAP, POP or SMTP connection using OAuth".
 */
const matrix: Readonly<Record<`${SendChoice}+${ReceiveChoice}`, MailChoice | { readonly refused: ChoiceRefusal }>> = {
  'graph+delta': { grant: 'delegated', audiences: [{ name: 'graph', scopes: [...graphReceive, ...graphSend] }] },
  // App permissions are asked for as a whole: what the registration lists is what an admin consents to.
  'graph+webhook': { grant: 'app', audiences: [{ name: 'graph', scopes: ['.default'] }] },
  'graph+imap': {
    grant: 'delegated',
    audiences: [
      { name: 'outlook', scopes: imap },
      { name: 'graph', scopes: [...graphSend, 'Mail.ReadWrite.Shared', 'User.Read'] },
    ],
  },
  'smtp+imap': { grant: 'delegated', audiences: [{ name: 'outlook', scopes: [...imap, ...smtp] }] },
  'relay+imap': { grant: 'delegated', audiences: [{ name: 'outlook', scopes: imap }] },
  'smtp+delta': { refused: 'smtp_needs_imap' },
  'smtp+webhook': { refused: 'webhook_needs_app' },
  'relay+delta': { refused: 'relay_needs_imap' },
  'relay+webhook': { refused: 'relay_needs_imap' },
}

/** What choices need, or why they cannot be had together. */
export function mailChoice(
  send: SendChoice,
  receive: ReceiveChoice,
  oversize: OversizeChoice = 'refuse',
): MailChoice | { readonly refused: ChoiceRefusal } {
  const choice = matrix[`${send}+${receive}`]
  if ('refused' in choice || oversize === 'refuse') return choice
  return send === 'graph' && choice.grant === 'delegated' ? withSmtp(choice) : { refused: 'oversize_needs_graph' }
}

/** SMTP beside Graph: one more permission, in a token of its own where nothing else is Outlook's. */
function withSmtp({ grant, audiences }: MailChoice): MailChoice {
  const others = audiences.filter(({ name }) => name !== 'outlook')
  if (others.length === audiences.length) return { grant, audiences: [...audiences, { name: 'outlook', scopes: smtp }] }
  return { grant, audiences: audiences.map((one) => (one.name === 'outlook' ? { ...one, scopes: [...one.scopes, ...smtp] } : one)) }
}

export const mailPresets = {
  graph: { send: 'graph', receive: 'delta' },
  imap_smtp: { send: 'smtp', receive: 'imap' },
  imap_relay: { send: 'relay', receive: 'imap' },
} as const satisfies Readonly<Record<string, { readonly send: SendChoice; readonly receive: ReceiveChoice }>>

export type MailPreset = keyof typeof mailPresets
