import { describe, expect, it } from 'vitest'
import { ProviderRefusal } from '../../errors/index.ts'
import { createMemoryMail } from './mail.ts'
import type { MailServerWorld } from './mail.ts'

const server = { host: 'mail.test', port: 1, security: 'tls' } as const
const call = { server, user: 'sales@acme.test', accessToken: 'EXAMPLE_token' }
const raw = (text: string) => new TextEncoder().encode(`Subject: ${text}\r\n\r\n`)

function createWorld(answer: Partial<ReturnType<MailServerWorld['checkMailSignIn']>> = {}, mayUse = true) {
  const inbox: { id: string; receivedAt: number; raw: Uint8Array }[] = []
  const sent: { user: string; to: string[] }[] = []
  const world: MailServerWorld = {
    checkMailSignIn: () => ({
      active: true,
      user: 'dana@acme.test',
      mailboxAllowed: true,
      mayAuthenticateSmtp: true,
      reason: null,
      ...answer,
    }),
    maySendAs: () => mayUse,
    acceptMail: ({ user, to }) => void sent.push({ user, to }),
    inbox: () => inbox,
  }
  return { mail: createMemoryMail(world), inbox, sent }
}

const reasonOf = (work: Promise<unknown>) =>
  work.then(() => null).catch((error: unknown) => (error instanceof ProviderRefusal ? error.reason : error))

describe('createMemoryMail', () => {
  it('keeps a message’s number when others come and go', async () => {
    const { mail, inbox } = createWorld()
    inbox.push({ id: 'a', receivedAt: 1, raw: raw('a') }, { id: 'b', receivedAt: 2, raw: raw('b') })
    expect(await mail.imap.list(call, { fromUid: 1, limit: 9 })).toMatchObject({ uidNext: 3, messages: [{ uid: 1 }, { uid: 2 }] })
    inbox.shift()
    inbox.push({ id: 'c', receivedAt: 3, raw: raw('c') })
    expect(await mail.imap.list(call, { fromUid: 2, limit: 9 })).toMatchObject({ uidNext: 4, messages: [{ uid: 2 }, { uid: 3 }] })
    expect(await mail.imap.fetch(call, { uidValidity: 1, uid: 1 })).toBeNull()
    expect(await mail.imap.fetch(call, { uidValidity: 1, uid: 3 })).toEqual(raw('c'))
    expect(await mail.imap.fetch(call, { uidValidity: 2, uid: 3 })).toBeNull()
  })

  it('refuses as Exchange does', async () => {
    const examine = (answer: Parameters<typeof createWorld>[0]) => reasonOf(createWorld(answer).mail.imap.examine(call))
    expect(await examine({ active: false, reason: 'auth_failed' })).toBe('auth_failed')
    expect(await examine({ mailboxAllowed: false })).toBe('not_connected')
    const probe = (answer: Parameters<typeof createWorld>[0], mayUse?: boolean) =>
      reasonOf(createWorld(answer, mayUse).mail.smtp.probe(call, { from: 'sales@acme.test' }))
    expect(await probe({ active: false, user: null, reason: '5.7.3' })).toBe('5.7.3')
    expect(await probe({ mayAuthenticateSmtp: false })).toBe('5.7.139')
    expect(await probe({}, false)).toBe('5.7.60')
    expect(await probe({})).toBeNull()
  })

  it('hands over what was sent, once for each key at the relay', async () => {
    const { mail, sent } = createWorld()
    await mail.smtp.send(call, { from: 'sales@acme.test', to: ['kim@customer.test'], raw: raw('x') })
    expect(sent).toEqual([{ user: 'dana@acme.test', to: ['kim@customer.test'] }])
    const message = { from: 'sales@acme.test', to: ['kim@customer.test'], subject: 'Hello', text: 'Hi', messageId: '<1@acme.test>' }
    await mail.relay.send(message, { idempotencyKey: 'k' })
    await mail.relay.send(message, { idempotencyKey: 'k' })
    expect(mail.relayed).toEqual([message])
    await mail.imap.keepSent(call, { raw: raw('x'), messageId: '<1@acme.test>' })
    await mail.imap.keepSent(call, { raw: raw('x'), messageId: '<1@acme.test>' })
    expect(mail.kept.get('sales@acme.test')).toHaveLength(1)
  })

  it('writes CRLF, base64 and the thread', async () => {
    const { mail } = createWorld()
    const message = {
      from: 'a@b.test',
      to: ['c@d.test'],
      subject: 'Grüße',
      text: 'Hällo',
      messageId: '<2@b.test>',
      references: ['<1@b.test>'],
    }
    const text = new TextDecoder().decode(await mail.composer.compose(message, { date: 0 }))
    expect(text).toContain('References: <1@b.test>\r\n')
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(/[^\x20-\x7e]/.test(text.replaceAll('\r\n', ''))).toBe(false)
  })
})
