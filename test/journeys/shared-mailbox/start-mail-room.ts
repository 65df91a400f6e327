import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Secret } from '@tenantry/sdk'
import { createImapTransport } from '@tenantry/server-adapters/mail/imap'
import type { ImapConnections } from '@tenantry/server-adapters/mail/imap'
import { createRelay } from '@tenantry/server-adapters/mail/relay'
import { createSmtpTransport } from '@tenantry/server-adapters/mail/smtp'
import { startDovecot, whyNoDovecot } from '../../mail-servers/start-dovecot.ts'
import type { RunningDovecot } from '../../mail-servers/start-dovecot.ts'
import { startPostfix, whyNoPostfix } from '../../mail-servers/start-postfix.ts'
import type { RunningPostfix } from '../../mail-servers/start-postfix.ts'
import { createOffice, delegate, mailbox } from './create-office.ts'
import type { Office, OfficeOptions } from './create-office.ts'

/** What the relay was given, as JSON. */
export interface Relayed {
  readonly key: string | null
  readonly body: {
    readonly from: string
    readonly to: readonly string[]
    readonly messageId: string
    readonly inReplyTo?: string
    readonly references: readonly string[]
    readonly attachments: readonly { readonly filename: string; readonly content: string }[]
  }
}

/** Real mail servers that ask the sandbox who may do what, and offices that use them one after another. */
export interface MailRoom {
  readonly dovecot: RunningDovecot
  readonly postfix: RunningPostfix
  readonly relayed: Relayed[]
  /** The relay takes the next message and loses its answer. */
  loseAnswer(): void
  openOffice(options?: Pick<OfficeOptions, 'now'>): Promise<Office>
  close(): Promise<void>
}

/** Why real mail servers cannot run here, or `null`. */
export const whyNoMailRoom = (): string | null => whyNoDovecot() ?? whyNoPostfix()

export async function startMailRoom(): Promise<MailRoom> {
  let office: Office | null = null
  const introspection = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const asked = new Request('http://localhost:4010/introspect', { method: 'POST', body: Buffer.concat(parts), headers: form })
      const answer = await office?.sandbox.fetch(asked)
      response.writeHead(answer?.status ?? 503, { 'content-type': 'application/json' }).end((await answer?.text()) ?? '')
    })
  })
  await new Promise<void>((resolve) => introspection.listen(0, '127.0.0.1', resolve))
  const { port } = introspection.address() as AddressInfo
  const dovecot = await startDovecot({ introspection: `http://127.0.0.1:${port}/introspect` })
  const maySendAs = (from: string) => (office?.sandbox.microsoft.maySendAs({ user: delegate, from }) === true ? [delegate] : [])
  const postfix = await startPostfix({ dovecot, maySendAs })
  const relayed: Relayed[] = []
  let losesAnswer = false
  const relay = createRelay({
    name: 'LeadMail',
    url: 'https://relay.example.com/messages',
    key: new Secret('EXAMPLE_relay_key'),
    fetch: async (request) => {
      const key = request.headers.get('idempotency-key')
      const body = (await request.json()) as Relayed['body']
      // As it promises: the same key sends once.
      if (!relayed.some((one) => one.key === key)) relayed.push({ key, body })
      if (!losesAnswer) return new Response(null, { status: 202 })
      losesAnswer = false
      throw new TypeError('the connection was reset')
    },
  })
  const opened: ImapConnections[] = []
  return {
    dovecot,
    postfix,
    relayed,
    loseAnswer: () => void (losesAnswer = true),
    async openOffice(more = {}) {
      const imap = createImapTransport({ tls: { ca: dovecot.certificate } })
      opened.push(imap)
      const smtp = createSmtpTransport({ tls: { ca: postfix.certificate } })
      office = await createOffice({ mail: { imap, smtp, relay }, servers: { imap: dovecot.tls, smtp: postfix.server }, ...more })
      await openMailbox(dovecot, mailbox)
      return office
    },
    async close() {
      for (const imap of opened) imap.close()
      await postfix.stop()
      await dovecot.stop()
      introspection.closeAllConnections()
      await new Promise((resolve) => introspection.close(resolve))
    },
  }
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** A mailbox exists once something came to it. */
async function openMailbox(dovecot: RunningDovecot, address: string): Promise<void> {
  await dovecot.deliver(
    address,
    Buffer.from('Message-ID: <first@example.com>\r\nFrom: ann@customer.test\r\nSubject: Earlier\r\n\r\nEarlier\r\n'),
  )
}
