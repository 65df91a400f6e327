import { mailChoice } from '../../model/mail-choices.ts'
import type { ReceiveChoice, SendChoice } from '../../model/mail-choices.ts'
import type { MailTransports } from '../../ports/index.ts'

/** A way to send together with a way to receive. */
export interface MailPair {
  readonly send: SendChoice
  readonly receive: ReceiveChoice
}

/** Best first: what most organizations can use without changing anything stands before the rest. */
const pairs: readonly MailPair[] = [
  { send: 'graph', receive: 'delta' },
  { send: 'smtp', receive: 'imap' },
  { send: 'relay', receive: 'imap' },
  { send: 'graph', receive: 'webhook' },
  { send: 'graph', receive: 'imap' },
]

/**
 * What a deployment can offer with the transports that it has; `wanted` keeps some of it, in that order.
 * @throws TypeError when a wanted pair cannot be had, because that is a programming error
 */
export function mailOffers(mail: MailTransports, wanted?: readonly MailPair[]): readonly MailPair[] {
  const possible = pairs.filter((pair) => isPossible(mail, pair))
  if (wanted === undefined) return possible
  const wrong = wanted.find((pair) => !possible.some((other) => isSamePair(other, pair)))
  if (wrong !== undefined || wanted.length === 0)
    throw new TypeError(
      `microsoftSharedMailbox: cannot offer ${wrong === undefined ? 'nothing' : `${wrong.send} with ${wrong.receive}`}; check the mail transports and the choices.`,
    )
  return wanted
}

export const isSamePair = (left: MailPair, right: MailPair): boolean => left.send === right.send && left.receive === right.receive

function isPossible({ imap, smtp, relay }: MailTransports, { send, receive }: MailPair): boolean {
  if ('refused' in mailChoice(send, receive)) return false
  if (receive === 'imap' && imap === undefined) return false
  if (send === 'smtp') return smtp !== undefined
  return send !== 'relay' || relay !== undefined
}
