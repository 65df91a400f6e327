import { isTenantryError, TenantryError } from '../../../errors/index.ts'
import type { ErrorCode } from '../../../errors/index.ts'
import type { OutgoingAttachment } from '../../../model/outgoing-message.ts'
import { maxGraphMimeBytes } from '../../../ports/index.ts'
import type { RelayMessage } from '../../../ports/index.ts'
import { openMailbox } from '../desk.ts'
import { sendBySmtp } from './by-smtp.ts'
import { askGraph, neverLost, unlessAnswered } from './mail-door.ts'
import type { Sending } from './mail-door.ts'
import { tooLarge } from './parse-message.ts'
import { parseRecipient } from './parse-recipient.ts'

/**
 * Sends by Graph, which files the copy itself. What is too large for one request becomes a draft that its large files are added to; what Graph does not
 * take that way either goes out by SMTP where that was chosen. After a lost answer Sent Items say whether it went out.
 * Sources: learn.microsoft.com, "Send Outlook messages using MIME format" and "Attach large files to Outlook messages or events".
 * @throws `message_too_large`, `send_as_denied`, `mailbox_access_denied`, `send_outcome_unknown`
 */
export async function sendByGraph(sending: Sending): Promise<'graph' | 'smtp'> {
  const { desk, call, message, inDoubt } = sending
  const { graph } = desk.microsoft
  const { settings, path: mailbox } = openMailbox(desk, call)
  const { messageId } = message
  if (inDoubt && (await askGraph(sending, neverLost, (as) => graph.isSent(as, { mailbox, messageId })))) return 'graph'
  const raw = withBlindCopies(await sending.compose(), message)
  if (raw.byteLength <= maxGraphMimeBytes) {
    await askGraph(sending, unlessAnswered, (as) => graph.sendMime(as, { mailbox, raw }))
    return 'graph'
  }
  // It may have been SMTP that took it, which files nothing that could be looked for.
  if (inDoubt && settings.oversize === 'smtp') throw new TenantryError('send_outcome_unknown')
  try {
    await sendDraft(sending, raw.byteLength)
    return 'graph'
  } catch (error) {
    if (settings.oversize !== 'smtp' || !isTenantryError(error) || !smtpMayHelp.includes(error.code)) throw error
    return sendBySmtp(sending)
  }
}

/** The second one too: Microsoft names uploads to mailboxes that are not the person's own among its known issues, and refuses some of them. */
const smtpMayHelp: readonly ErrorCode[] = ['message_too_large', 'mailbox_access_denied']

/** Graph sends to whom the header names, and leaves these out of what it delivers. */
function withBlindCopies(raw: Uint8Array, { bcc = [] }: RelayMessage): Uint8Array {
  const addresses = bcc.flatMap((text) => parseRecipient(text)?.address ?? [])
  if (addresses.length === 0) return raw
  const field = new TextEncoder().encode(`Bcc: ${addresses.join(',\r\n ')}\r\n`)
  const whole = new Uint8Array(field.byteLength + raw.byteLength)
  whole.set(field)
  whole.set(raw, field.byteLength)
  return whole
}

async function sendDraft(sending: Sending, bytes: number): Promise<void> {
  const { desk, call, message } = sending
  const { graph } = desk.microsoft
  const { path: mailbox } = openMailbox(desk, call)
  const { large, small } = setApart(message.attachments ?? [], bytes)
  const raw = withBlindCopies(await sending.compose({ ...message, attachments: small }), message)
  if (raw.byteLength > maxGraphMimeBytes) throw tooLarge(maxGraphMimeBytes)
  const { id } = await askGraph(sending, neverLost, (as) => graph.createDraft(as, { mailbox, raw }))
  try {
    for (const attachment of large) await askGraph(sending, neverLost, (as) => graph.attach(as, { mailbox, id, attachment }))
    await askGraph(sending, unlessAnswered, (as) => graph.sendDraft(as, { mailbox, id }))
  } catch (error) {
    // It may be on its way; then it is no draft any more.
    if (!isTenantryError(error) || error.code !== 'send_outcome_unknown') await discard(sending, id)
    throw error
  }
}

/** The largest files, as many as it takes until the rest fits into one request. */
function setApart(attachments: readonly OutgoingAttachment[], bytes: number): { large: OutgoingAttachment[]; small: OutgoingAttachment[] } {
  let left = bytes
  const large: OutgoingAttachment[] = []
  for (const attachment of attachments.toSorted((one, other) => other.content.byteLength - one.content.byteLength)) {
    if (left <= maxGraphMimeBytes) break
    large.push(attachment)
    left -= encodedLength(attachment.content.byteLength)
  }
  return { large, small: attachments.filter((attachment) => !large.includes(attachment)) }
}

/** At least so many bytes in base64; RFC 2045 adds line ends. */
const encodedLength = (bytes: number): number => Math.ceil(bytes / 3) * 4

/** Why the message was not sent matters more than a draft that stays. */
async function discard(sending: Sending, id: string): Promise<void> {
  const { desk, call } = sending
  const { path: mailbox } = openMailbox(desk, call)
  try {
    await askGraph(sending, neverLost, (as) => desk.microsoft.graph.deleteDraft(as, { mailbox, id }))
  } catch (error) {
    if (!isTenantryError(error)) throw error
    call.logger.log('warn', 'mail.draft_left', { connectionId: call.connection.id, code: error.code })
  }
}
