import { TenantryError } from '@tenantry/sdk/errors'
import type { SmtpTransport } from '@tenantry/sdk/ports'
import { readPlainAddress } from './read-address.ts'
import { openSession } from './smtp/open-session.ts'
import { submit } from './smtp/submit.ts'
import type { MailTls } from './tls-options.ts'
import { isWireSafe } from './wire-safe.ts'

export type { MailTls } from './tls-options.ts'

export interface SmtpTransportOptions {
  readonly tls?: MailTls
  /** Time for each command, in milliseconds. Default 10 000. */
  readonly deadlineMs?: number
  /** Time for a message's bytes and the answer to them, in milliseconds. Default 120 000: an answer that is not waited for leaves its sending in doubt. */
  readonly dataDeadlineMs?: number
}

/**
 * SMTP submission with nodemailer: TLS or mandatory STARTTLS, a checked certificate, XOAUTH2 once and nothing else, and the bytes as they are given.
 * @example
 * const mail = { composer: createMailComposer(), imap: createImapTransport(), smtp: createSmtpTransport() }
 */
export function createSmtpTransport(options: SmtpTransportOptions = {}): SmtpTransport {
  const { tls, deadlineMs = 10_000, dataDeadlineMs = 120_000 } = options
  return {
    async probe(call, { from }) {
      const sender = plain(from, 'from')
      const session = await openSession(call, { tls, deadlineMs })
      try {
        await session.command('smtp.mail', `MAIL FROM:<${sender}>`)
        await session.command('smtp.rset', 'RSET')
        return { maxBytes: session.maxBytes }
      } finally {
        session.close()
      }
    },
    async send(call, { from, to, raw }) {
      const envelope = { from: plain(from, 'from'), to: to.map((address) => plain(address, 'to')) }
      if (envelope.to.length === 0) throw new TenantryError('message_invalid', { field: 'to' })
      // Whatever is not would be rewritten on its way, and then is another message than the one that was kept.
      if (!isWireSafe(raw)) throw new TenantryError('message_invalid', { field: 'raw' })
      const session = await openSession(call, { tls, deadlineMs })
      try {
        await submit(session, { ...envelope, raw }, dataDeadlineMs)
      } finally {
        session.close()
      }
    },
  }
}

function plain(address: string, field: string): string {
  const read = readPlainAddress(address)
  if (read === null) throw new TenantryError('message_invalid', { field })
  return read
}
