import type { Context } from '../context.ts'
import { mailChoice, mailPresets } from '../model/mail-choices.ts'
import type { MailChoice, MailPreset, ReceiveChoice, SendChoice } from '../model/mail-choices.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { OAuthApp } from '../vendors/vendor.ts'

interface MailPair {
  readonly send: SendChoice
  readonly receive: ReceiveChoice
}

/** A way to send and receive that the host offers, and what it needs. */
export interface HostOffer extends MailPair {
  readonly preset: MailPreset | null
  readonly choice: MailChoice
  /** The same where SMTP sends what Graph does not take; `null` where that cannot be had. */
  readonly withSmtp: MailChoice | null
}

export interface HostOffers {
  /** Best first. */
  readonly offers: readonly HostOffer[]
  /** The host's own mail API; `null` when there is none. */
  readonly relayName: string | null
  readonly hostApp: OAuthApp | null
}

/** What the host's provider of shared mailboxes offers; nothing when there is none. */
export function hostOffers(context: Context): HostOffers {
  const provider = [...context.providers.values()].find(isOffering)
  if (provider === undefined) return { offers: [], relayName: null, hostApp: null }
  const hostApp = provider.hasHostApp ? (provider.hostApp?.({ app: 'host' }) ?? null) : null
  return { offers: provider.offers.flatMap((pair) => describe(pair, provider.hasSmtp)), relayName: provider.relayName, hostApp }
}

type Offering = AnyProvider & {
  readonly offers: readonly MailPair[]
  readonly relayName: string | null
  readonly hasHostApp: boolean
  readonly hasSmtp: boolean
}

function isOffering(provider: AnyProvider): provider is Offering {
  return provider.vendor.name === 'microsoft' && 'offers' in provider
}

function describe({ send, receive }: MailPair, hasSmtp: boolean): HostOffer[] {
  const choice = mailChoice(send, receive)
  if ('refused' in choice) return []
  const more = mailChoice(send, receive, 'smtp')
  return [{ send, receive, preset: presetOf({ send, receive }), choice, withSmtp: !hasSmtp || 'refused' in more ? null : more }]
}

function presetOf({ send, receive }: MailPair): MailPreset | null {
  const names = Object.keys(mailPresets) as MailPreset[]
  return names.find((name) => mailPresets[name].send === send && mailPresets[name].receive === receive) ?? null
}
