import { setTimeout as wait } from 'node:timers/promises'
import { describeSmtpTransport } from '@tenantry/sdk/testing/contracts'
import type { SmtpTransportHarness } from '@tenantry/sdk/testing/contracts'
import { afterAll, beforeAll, describe } from 'vitest'
import { createCertificate } from '../../../../test/mail-servers/create-certificate.ts'
import { startDovecot, whyNoDovecot } from '../../../../test/mail-servers/start-dovecot.ts'
import type { RunningDovecot } from '../../../../test/mail-servers/start-dovecot.ts'
import { startIntrospection } from '../../../../test/mail-servers/start-introspection.ts'
import type { RunningIntrospection } from '../../../../test/mail-servers/start-introspection.ts'
import { startPostfix, whyNoPostfix } from '../../../../test/mail-servers/start-postfix.ts'
import type { RunningPostfix } from '../../../../test/mail-servers/start-postfix.ts'
import { createSmtpTransport } from './smtp.ts'
import { startSmtpServer } from './testing/start-smtp-server.ts'

const from = 'sales@company.test'
const delegate = 'agent@company.test'
const stranger = 'guest@company.test'
const tokens = { delegate: 'EXAMPLE_delegate', stranger: 'EXAMPLE_stranger', nobody: 'EXAMPLE_nobody' } as const
const users = { delegate, stranger, nobody: delegate } as const
const maySendAs = (sender: string) => (sender === from ? [delegate] : [])
const maySignIn = (user: string, token: string) =>
  (['delegate', 'stranger'] as const).some((who) => users[who] === user && tokens[who] === token)

let count = 0

/** Each test has recipients of its own. */
function addresses(): Pick<SmtpTransportHarness, 'recipient'> {
  count += 1
  const test = count
  return { recipient: (name) => `${name}.${test}@acme.test` }
}

async function eventually(read: () => Promise<readonly Uint8Array[]>, wanted: number): Promise<readonly Uint8Array[]> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const mails = await read()
    if (mails.length >= wanted) return mails
    await wait(50)
  }
  return read()
}

describeSmtpTransport('createSmtpTransport with a server in this process', {
  create: async () => {
    const certificate = createCertificate()
    const running = await startSmtpServer({ certificate, maySignIn, maySendAs })
    return {
      smtp: createSmtpTransport({ tls: { ca: certificate.certificate } }),
      from,
      call: (who) => ({ server: running.server, user: users[who], accessToken: tokens[who] }),
      maxBytes: running.maxBytes,
      ...addresses(),
      received: async (address) => running.received.get(address) ?? [],
      close: () => running.stop(),
    }
  },
})

const missing = whyNoDovecot() ?? whyNoPostfix()

describe.skipIf(missing !== null)('with Postfix', () => {
  let introspection: RunningIntrospection
  let dovecot: RunningDovecot
  let postfix: RunningPostfix

  beforeAll(async () => {
    introspection = await startIntrospection()
    for (const who of ['delegate', 'stranger'] as const) introspection.grants.set(tokens[who], { user: users[who], mailboxes: [] })
    dovecot = await startDovecot({ introspection: introspection.url })
    postfix = await startPostfix({ dovecot, maySendAs })
  })
  afterAll(async () => {
    await postfix.stop()
    await dovecot.stop()
    await introspection.stop()
  })

  describeSmtpTransport('createSmtpTransport with Postfix', {
    create: async () => ({
      smtp: createSmtpTransport({ tls: { ca: postfix.certificate } }),
      from,
      call: (who) => ({ server: postfix.server, user: users[who], accessToken: tokens[who] }),
      maxBytes: postfix.maxBytes,
      ...addresses(),
      received: (address, wanted) => eventually(async () => (await dovecot.read(address)).map(({ raw }) => raw), wanted),
      close: async () => undefined,
    }),
  })
})
