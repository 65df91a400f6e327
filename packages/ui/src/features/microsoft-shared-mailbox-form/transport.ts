import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ConnectionSummary, MailOffer, MicrosoftSetupStatus } from '@tenantry/sdk/wire'

/** Ways to send and receive, by the names of the requirements. */
export const transports = ['imap_smtp', 'imap_relay', 'graph_full'] as const

export type MsTransport = (typeof transports)[number]

type Pair = Pick<MailOffer, 'send' | 'receive'>

const pairs = {
  graph_full: { send: 'graph', receive: 'delta' },
  imap_smtp: { send: 'smtp', receive: 'imap' },
  imap_relay: { send: 'relay', receive: 'imap' },
} as const satisfies Record<MsTransport, Pair>

/** What the server calls it. */
export function toPair(transport: MsTransport): Pair {
  return pairs[transport]
}

/** By what a connection's settings say; `null` for a pair that the form does not offer. */
export function transportOf({ send, receive }: Readonly<Record<string, unknown>>): MsTransport | null {
  return transports.find((name) => pairs[name].send === send && pairs[name].receive === receive) ?? null
}

/** What can be chosen: what the host wants, as far as the server offers it. A person who may not read the setup sees what the host wants. */
export function readTransports(
  wanted: readonly MsTransport[],
  app: Pick<MicrosoftSetupStatus, 'offers'> | undefined,
): readonly MsTransport[] {
  if (app === undefined) return wanted
  return wanted.filter((name) => findOffer(app, pairs[name]) !== undefined)
}

const receivingRefused: readonly (ErrorCode | null)[] = ['imap_disabled', 'imap_no_mailbox_access', 'imap_auth_failed']

/** Mail does not come in and still goes out: only a relay sends without opening the mailbox. */
export function sendsOnly({ settings, health }: Pick<ConnectionSummary, 'settings' | 'health'>): boolean {
  return settings['send'] === 'relay' && receivingRefused.includes(health.reason)
}

/** Whether another way asks for permissions that the sign-in was not asked for. Not known: the server says so. */
export function needsSignIn(
  app: Pick<MicrosoftSetupStatus, 'offers'> | undefined,
  { settings }: Pick<ConnectionSummary, 'settings'>,
  to: MsTransport,
): boolean {
  const before = app?.offers.find(({ send, receive }) => send === settings['send'] && receive === settings['receive'])
  const after = app && findOffer(app, pairs[to])
  if (before === undefined || after === undefined) return false
  const has = (name: string) => before.permissions.some((permission) => permission.name === name)
  return before.grant !== after.grant || after.permissions.some(({ name }) => !has(name))
}

function findOffer({ offers }: Pick<MicrosoftSetupStatus, 'offers'>, pair: Pair): MailOffer | undefined {
  return offers.find(({ send, receive }) => send === pair.send && receive === pair.receive)
}
