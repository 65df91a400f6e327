import { setTimeout as wait } from 'node:timers/promises'
import type { RelayMessage } from '@tenantry/sdk/ports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sentFolder, startDovecot, whyNoDovecot } from '../../../../test/mail-servers/start-dovecot.ts'
import type { RunningDovecot } from '../../../../test/mail-servers/start-dovecot.ts'
import { startIntrospection } from '../../../../test/mail-servers/start-introspection.ts'
import type { RunningIntrospection } from '../../../../test/mail-servers/start-introspection.ts'
import { startPostfix, whyNoPostfix } from '../../../../test/mail-servers/start-postfix.ts'
import type { RunningPostfix } from '../../../../test/mail-servers/start-postfix.ts'
import { createMailComposer } from './compose.ts'
import { createImapTransport } from './imap.ts'
import { createSmtpTransport } from './smtp.ts'

const shared = 'sales@company.test'
const delegate = 'agent@company.test'
const accessToken = 'EXAMPLE_delegate'

const missing = whyNoDovecot() ?? whyNoPostfix()

describe.skipIf(missing !== null)('what is composed, sent by Postfix and read from Dovecot', () => {
  let introspection: RunningIntrospection
  let dovecot: RunningDovecot
  let postfix: RunningPostfix

  beforeAll(async () => {
    introspection = await startIntrospection()
    introspection.grants.set(accessToken, { user: delegate, mailboxes: [shared] })
    dovecot = await startDovecot({ introspection: introspection.url })
    postfix = await startPostfix({ dovecot, maySendAs: (sender) => (sender === shared ? [delegate] : []) })
  })
  afterAll(async () => {
    await postfix.stop()
    await dovecot.stop()
    await introspection.stop()
  })

  /** Sends to the shared mailbox itself, so that the same token reads it. */
  async function roundTrip(message: RelayMessage) {
    const imap = createImapTransport({ tls: { ca: dovecot.certificate } })
    const smtp = createSmtpTransport({ tls: { ca: postfix.certificate } })
    const raw = await createMailComposer().compose(message, { date: Date.UTC(2026, 10, 21) })
    const inbox = { server: dovecot.tls, user: shared, accessToken }
    try {
      const { uidNext, uidValidity } = await imap.examine(inbox)
      await smtp.send({ server: postfix.server, user: delegate, accessToken }, { from: shared, to: [shared], raw })
      await imap.keepSent(inbox, { raw, messageId: message.messageId })
      let [arrived] = (await imap.list(inbox, { fromUid: uidNext, limit: 1 })).messages
      while (arrived === undefined) {
        await wait(50)
        arrived = (await imap.list(inbox, { fromUid: uidNext, limit: 1 })).messages[0]
      }
      const fetched = await imap.fetch(inbox, { uidValidity, uid: arrived.uid })
      return { raw: Buffer.from(raw), fetched: Buffer.from(fetched ?? []), copies: await dovecot.read(shared, sentFolder) }
    } finally {
      imap.close()
    }
  }

  const message: RelayMessage = {
    from: `Sälës <${shared}>`,
    to: [shared],
    subject: 'Grüße',
    text: '.\nHello\n.\n',
    messageId: '<round-trip@company.test>',
    inReplyTo: '<question@acme.test>',
    references: Array.from({ length: 10 }, (_, at) => `<mail-${at}@acme.test>`),
  }

  it('is the same byte for byte, and so is the copy', async () => {
    const { raw, fetched, copies } = await roundTrip(message)
    expect(fetched.subarray(-raw.length).equals(raw)).toBe(true)
    expect(copies.map((copy) => raw.equals(copy.raw))).toEqual([true])
  })

  it('is the same with 20 MB attached', async () => {
    const content = Uint8Array.from({ length: 20 * 1024 * 1024 }, (_, at) => (at * 7919) % 256)
    const attachments = [{ filename: 'large.bin', contentType: 'application/octet-stream', content }]
    const { raw, fetched } = await roundTrip({ ...message, messageId: '<large@company.test>', attachments })
    expect(raw.length).toBeGreaterThan(content.length)
    expect(fetched.subarray(-raw.length).equals(raw)).toBe(true)
  }, 120_000)
})
