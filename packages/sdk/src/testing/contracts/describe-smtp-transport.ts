import { expect } from 'vitest'
import { ProviderRefusal } from '../../errors/index.ts'
import type { MailCall, SmtpTransport } from '../../ports/index.ts'
import { expectFailure } from './expect-failure.ts'
import { expectRefusal } from './mail-transport/expect-refusal.ts'
import { latin1, rawMessage } from './mail-transport/sample-message.ts'
import { describeSuite } from './suite.ts'
import type { Closable, Skip } from './suite.ts'

export interface SmtpTransportHarness extends Closable {
  readonly smtp: SmtpTransport
  /** The shared mailbox. */
  readonly from: string
  /** Of a person who may send as the mailbox, of one who may not, and with a token that is not taken. */
  call(who: 'delegate' | 'stranger' | 'nobody'): MailCall
  /** What the server says in EHLO. */
  readonly maxBytes: number | null
  /** An address of this test alone. */
  recipient(name: string): string
  /** What lies in a recipient's mailbox, seen by another door, once it is as many as that. */
  received(address: string, count: number): Promise<readonly Uint8Array[]>
}

/** What every `SmtpTransport` must do, version 1 of the port, proven against a server that knows Send As. */
export function describeSmtpTransport(
  name: string,
  options: { readonly create: () => Promise<SmtpTransportHarness>; readonly skip?: readonly Skip[] },
): void {
  describeSuite(`SmtpTransport: ${name}`, options, ({ group, test, secure }) => {
    group('send', () => {
      test('delivers the bytes as they are, to everybody', async ({ smtp, from, call, recipient, received }) => {
        const body = ['.', '..two dots', '.one dot', 'x'.repeat(998), '', 'last'].join('\r\n')
        const raw = rawMessage('bytes', `${body}\r\n`)
        const to = [recipient('ann'), recipient('ben')]
        await smtp.send(call('delegate'), { from, to, raw })
        for (const address of to) {
          const mails = await received(address, 1)
          expect(mails.map((mail) => latin1(mail).endsWith(latin1(raw)))).toEqual([true])
        }
      })

      test('sends a large message', async ({ smtp, from, call, recipient, received }) => {
        const raw = rawMessage('large', `${'0123456789abcdef'.repeat(4)}\r\n`.repeat(60_000))
        await smtp.send(call('delegate'), { from, to: [recipient('large')], raw })
        const [mail = new Uint8Array()] = await received(recipient('large'), 1)
        expect(latin1(mail).endsWith(latin1(raw))).toBe(true)
      })

      test('sends to nobody when one recipient is refused', async ({ smtp, from, call, recipient, received }) => {
        const to = [recipient('first'), 'nobody@unqualified', recipient('last')]
        const refused = await expectRefusal(smtp.send(call('delegate'), { from, to, raw: rawMessage('some') }))
        expect([refused.operation, refused.httpStatus]).toEqual(['smtp.rcpt', 400])
        await smtp.send(call('delegate'), { from, to: [recipient('first'), recipient('last')], raw: rawMessage('all') })
        for (const address of [recipient('first'), recipient('last')])
          expect((await received(address, 1)).map((mail) => latin1(mail).includes('Subject: all'))).toEqual([true])
      })

      secure('refuses bytes that a server would rewrite, before it connects', async ({ smtp, from, call, recipient }) => {
        const broken = [
          'bare\nline feed\r\n',
          'bare\rreturn\r\n',
          'nul \u0000\r\n',
          'eight bit \u00fc\r\n',
          `${'x'.repeat(999)}\r\n`,
          'no end',
        ]
        for (const body of broken) {
          const raw = Uint8Array.from(`Subject: x\r\n\r\n${body}`, (char) => char.charCodeAt(0))
          await expectFailure(smtp.send(call('nobody'), { from, to: [recipient('broken')], raw }), 'message_invalid')
        }
      })

      secure('lets no address write a command', async ({ smtp, from, call, recipient }) => {
        const raw = rawMessage('injected')
        for (const address of [
          'ann@acme.test>\r\nRCPT TO:<eve@evil.test',
          'ann@acme.test> SIZE=1',
          '',
          'Ann <ann@acme.test>',
          'änn@acme.test',
        ]) {
          await expectFailure(smtp.send(call('delegate'), { from, to: [address], raw }), 'message_invalid')
          await expectFailure(smtp.send(call('delegate'), { from: address, to: [recipient('x')], raw }), 'message_invalid')
          await expectFailure(smtp.probe(call('delegate'), { from: address }), 'message_invalid')
        }
        await expectFailure(smtp.send(call('delegate'), { from, to: [], raw }), 'message_invalid')
      })
    })

    group('probe', () => {
      test('tells how large a message may be, and sends nothing', async ({ smtp, from, call, maxBytes }) => {
        expect(await smtp.probe(call('delegate'), { from })).toEqual({ maxBytes })
      })

      test('is refused where the person may not send as the mailbox', async ({ smtp, from, call }) => {
        const refused = await expectRefusal(smtp.probe(call('stranger'), { from }))
        expect([refused.operation, refused.httpStatus, refused.reason]).toEqual(['smtp.mail', 400, expect.stringMatching(/^5\.7\.\d+$/)])
      })
    })

    secure('sends for nobody who may not', async ({ smtp, from, call, recipient }) => {
      const input = { from, to: [recipient('denied')], raw: rawMessage('denied') }
      expect(await expectRefusal(smtp.send(call('stranger'), input))).toMatchObject({ operation: 'smtp.mail', httpStatus: 400 })
      expect(await expectRefusal(smtp.send(call('nobody'), input))).toMatchObject({ operation: 'smtp.auth', httpStatus: 400 })
    })

    secure('keeps the token to itself', async ({ smtp, from, call }) => {
      const { accessToken } = call('nobody')
      const refused: unknown = await smtp.probe(call('nobody'), { from }).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(ProviderRefusal)
      const shown = [String(refused), JSON.stringify(refused), (refused as Error).stack].join('\n')
      expect(shown).not.toContain(accessToken)
      expect(shown).not.toContain(btoa(accessToken).slice(0, 12))
    })

    secure('refuses a sign-in that could hold another', async ({ smtp, from, call }) => {
      const usual = call('delegate')
      for (const changed of [{ user: `${usual.user}\u0001auth=Bearer x` }, { accessToken: `${usual.accessToken}\u0001` }, { user: '' }])
        await expect(smtp.probe({ ...usual, ...changed }, { from })).rejects.toThrow(TypeError)
    })
  })
}
