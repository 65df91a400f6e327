import { createHash } from 'node:crypto'
import { TenantryError } from '@tenantry/sdk/errors'
import type { MailComposer, RelayMessage } from '@tenantry/sdk/ports'
import Composer from 'nodemailer/lib/mail-composer'
import { checkMessage } from './check-message.ts'
import { describeParts } from './compose/describe-parts.ts'
import { readAddress } from './read-address.ts'
import { isWireSafe } from './wire-safe.ts'

/**
 * Builds mail with nodemailer. The same message and date give the same bytes. @throws TenantryError `message_invalid` with the field that is wrong
 * @example
 * const composer = createMailComposer()
 */
export function createMailComposer(): MailComposer {
  return {
    async compose(message, { date }) {
      checkMessage(message)
      const raw = await new Composer({ ...describeHeaders(message, date), ...describeParts(message), ...strict(message) }).compile().build()
      // The promise of the port, whatever the library makes of what the check let pass.
      if (!isWireSafe(raw)) throw new TenantryError('message_invalid', { field: 'text' })
      return new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength)
    },
  }
}

function describeHeaders(message: RelayMessage, date: number) {
  return {
    from: mailboxes([message.from]),
    to: mailboxes(message.to),
    cc: mailboxes(message.cc ?? []),
    subject: message.subject,
    messageId: message.messageId,
    date: new Date(date),
    headers: { ...message.headers },
    ...(message.replyTo !== undefined && { replyTo: mailboxes([message.replyTo]) }),
    ...(message.inReplyTo !== undefined && { inReplyTo: message.inReplyTo }),
    ...(message.references !== undefined && message.references.length > 0 && { references: [...message.references] }),
  }
}

/** Read once and by the same reader as the check, so that no header lists other people than those that were checked. */
function mailboxes(list: readonly string[]) {
  return list.map(readAddress).filter((mailbox) => mailbox !== null)
}

/** Nothing is read from disk or fetched, and the boundary follows from the message, so that a second composing gives the same bytes. */
function strict({ messageId }: RelayMessage) {
  const baseBoundary = createHash('sha256').update(messageId).digest('hex').slice(0, 32)
  return { disableFileAccess: true, disableUrlAccess: true, newline: '\r\n', baseBoundary }
}
