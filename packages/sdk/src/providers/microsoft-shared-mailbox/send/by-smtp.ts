import type { ProviderRefusal } from '../../../errors/index.ts'
import { TenantryError } from '../../../errors/index.ts'
import type { RelayMessage } from '../../../ports/index.ts'
import { openMailbox, smtpOf } from '../desk.ts'
import { askMailServer, neverLost } from './mail-door.ts'
import type { Sending } from './mail-door.ts'
import { parseRecipient } from './parse-recipient.ts'
import { tooLarge } from './parse-message.ts'

/** Every server of Microsoft takes as much; only for more is it asked first. */
const unaskedBytes = 5_000_000

/**
 * Sends by SMTP submission: the delegate signs in, the message is the mailbox's. Nobody can ask what became of one whose last answer was lost, so it
 * is not sent again under the same key.
 * @throws `message_too_large`, `send_as_denied`, `smtp_auth_disabled`, `smtp_auth_failed`, `send_outcome_unknown`
 */
export async function sendBySmtp(sending: Sending): Promise<'smtp'> {
  const { desk, call, message, inDoubt } = sending
  if (inDoubt) throw new TenantryError('send_outcome_unknown')
  const smtp = smtpOf(desk)
  const from = openMailbox(desk, call).settings.mailbox
  const raw = await sending.compose()
  if (raw.byteLength > unaskedBytes) {
    const { maxBytes } = await askMailServer(sending, 'smtp', neverLost, (as) => smtp.probe(as, { from }))
    if (maxBytes !== null && raw.byteLength > maxBytes) throw tooLarge(maxBytes)
  }
  await askMailServer(sending, 'smtp', wasTakenPerhaps, (as) => smtp.send(as, { from, to: everybody(message), raw }))
  return 'smtp'
}

/** Only what came after the last byte of the message leaves it open. */
const wasTakenPerhaps = ({ operation, httpStatus }: ProviderRefusal): boolean => operation === 'smtp.data' && httpStatus === 0

/** Blind copies too, each once. */
function everybody({ to, cc = [], bcc = [] }: RelayMessage): string[] {
  const addresses = [...to, ...cc, ...bcc].flatMap((text) => parseRecipient(text)?.address ?? [])
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()]
}
