import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ConnectionSummary, MailOffer, MicrosoftSetupStatus } from '@tenantry/sdk/wire'

/** What becomes of a message that Graph does not take: it is refused, or SMTP sends it. */
export type Oversize = 'refuse' | 'smtp'

/** Ways to send and receive that most organizations choose between, by the names of the requirements. */
export const presets = ['imap_smtp', 'imap_relay', 'graph_full'] as const
/** Ways that no preset has. */
export const advanced = ['graph_imap', 'graph_webhook'] as const
export const transports = [...presets, ...advanced] as const

export type Preset = (typeof presets)[number]
export type AdvancedTransport = (typeof advanced)[number]
export type MsTransport = (typeof transports)[number]

export const isPreset = (transport: MsTransport): transport is Preset => presets.some((name) => name === transport)

type Pair = Pick<MailOffer, 'send' | 'receive'>

const pairs = {
  graph_full: { send: 'graph', receive: 'delta' },
  imap_smtp: { send: 'smtp', receive: 'imap' },
  imap_relay: { send: 'relay', receive: 'imap' },
  graph_imap: { send: 'graph', receive: 'imap' },
  graph_webhook: { send: 'graph', receive: 'webhook' },
} as const satisfies Record<MsTransport, Pair>

/** What the server calls it. */
export function toPair(transport: MsTransport): Pair {
  return pairs[transport]
}

/** By what a connection's settings say; `null` for a pair that the form does not know. */
export function transportOf({ send, receive }: Readonly<Record<string, unknown>>): MsTransport | null {
  return transports.find((name) => pairs[name].send === send && pairs[name].receive === receive) ?? null
}

/**
 * What can be chosen: what the host wants, or all, as far as the server offers it. A person who may not read the setup sees what the host wants, or
 * the presets.
 */
export function readTransports(
  wanted: readonly MsTransport[] | undefined,
  app: Pick<MicrosoftSetupStatus, 'offers'> | undefined,
): readonly MsTransport[] {
  if (app === undefined) return wanted ?? presets
  return (wanted ?? transports).filter((name) => findOffer(app, pairs[name]) !== undefined)
}

/** The same without what the host's own app may not do, and with what is in force or chosen: nobody has to guess what that is. */
export function showTransports(
  offered: readonly MsTransport[],
  { isOnHostApp, kept }: { readonly isOnHostApp: boolean; readonly kept: readonly (MsTransport | null)[] },
): readonly MsTransport[] {
  const possible = offered.filter((name) => !isOnHostApp || name !== 'graph_webhook')
  return [...new Set([...possible, ...kept.filter((name) => name !== null)])]
}

const receivingRefused: readonly (ErrorCode | null)[] = ['imap_disabled', 'imap_no_mailbox_access', 'imap_auth_failed']

/** Mail does not come in and still goes out: only a relay sends without opening the mailbox. */
export function sendsOnly({ settings, health }: Pick<ConnectionSummary, 'settings' | 'health'>): boolean {
  return settings['send'] === 'relay' && receivingRefused.includes(health.reason)
}

/** Whether SMTP may send with this way what Graph does not take. Not known: the server says so. */
export function takesOversize(app: Pick<MicrosoftSetupStatus, 'offers'> | undefined, transport: MsTransport | null): boolean {
  if (transport === null) return false
  const pair = toPair(transport)
  if (app === undefined) return pair.send === 'graph' && pair.receive !== 'webhook'
  return (findOffer(app, pair)?.oversizePermissions ?? null) !== null
}

/** Whether other choices ask for permissions that the sign-in was not asked for. Not known: the server says so. */
export function needsSignIn(
  app: Pick<MicrosoftSetupStatus, 'offers'> | undefined,
  { settings }: Pick<ConnectionSummary, 'settings'>,
  to: MsTransport,
  oversize: Oversize = 'refuse',
): boolean {
  const before = app?.offers.find(({ send, receive }) => send === settings['send'] && receive === settings['receive'])
  const after = app && findOffer(app, pairs[to])
  if (before === undefined || after === undefined) return false
  const asked = permissionsOf(before, settings['oversize'])
  return before.grant !== after.grant || permissionsOf(after, oversize).some((name) => !asked.includes(name))
}

function permissionsOf({ permissions, oversizePermissions }: MailOffer, oversize: unknown): readonly string[] {
  return [...permissions, ...(oversize === 'smtp' ? (oversizePermissions ?? []) : [])].map(({ name }) => name)
}

function findOffer({ offers }: Pick<MicrosoftSetupStatus, 'offers'>, pair: Pair): MailOffer | undefined {
  return offers.find(({ send, receive }) => send === pair.send && receive === pair.receive)
}
