import { describeImapTransport } from '@tenantry/sdk/testing/contracts'
import { afterAll, beforeAll, describe } from 'vitest'
import { sentFolder, startDovecot, whyNoDovecot } from '../../../../test/mail-servers/start-dovecot.ts'
import type { RunningDovecot } from '../../../../test/mail-servers/start-dovecot.ts'
import { startIntrospection } from '../../../../test/mail-servers/start-introspection.ts'
import type { RunningIntrospection } from '../../../../test/mail-servers/start-introspection.ts'
import { createImapTransport } from './imap.ts'

const tokens = { delegate: 'EXAMPLE_delegate', stranger: 'EXAMPLE_stranger', nobody: 'EXAMPLE_nobody' } as const

let count = 0

describe.skipIf(whyNoDovecot() !== null).each(['tls', 'starttls'] as const)('with Dovecot over %s', (security) => {
  let introspection: RunningIntrospection
  let dovecot: RunningDovecot

  beforeAll(async () => {
    introspection = await startIntrospection()
    dovecot = await startDovecot({ introspection: introspection.url })
  })
  afterAll(async () => {
    await dovecot.stop()
    await introspection.stop()
  })

  describeImapTransport(`createImapTransport with Dovecot over ${security}`, {
    create: async () => {
      count += 1
      const mailbox = `sales-${count}@company.test`
      introspection.grants.set(tokens.delegate, { user: 'agent@company.test', mailboxes: [mailbox] })
      introspection.grants.set(tokens.stranger, { user: 'guest@company.test', mailboxes: ['guest@company.test'] })
      const imap = createImapTransport({ tls: { ca: dovecot.certificate } })
      return {
        imap,
        call: (who) => ({ server: dovecot[security], user: mailbox, accessToken: tokens[who] }),
        deliver: (raw) => dovecot.deliver(mailbox, raw),
        read: (folder) => dovecot.read(mailbox, folder === 'inbox' ? 'INBOX' : sentFolder),
        renumber: async () => dovecot.renumber(mailbox),
        close: async () => imap.close(),
      }
    },
  })
})
