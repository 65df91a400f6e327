import { expect } from 'vitest'
import type { ImapTransport, MailCall } from '../../ports/index.ts'
import { expectRefusal } from './mail-transport/expect-refusal.ts'
import { latin1, rawMessage } from './mail-transport/sample-message.ts'
import { describeSuite } from './suite.ts'
import type { Closable, Skip } from './suite.ts'

export interface ImapTransportHarness extends Closable {
  readonly imap: ImapTransport
  /** With a token that opens the mailbox, with one of somebody who may not, and with one that is not taken. */
  call(who: 'delegate' | 'stranger' | 'nobody'): MailCall
  /** Puts a message into INBOX by another door, as it is. */
  deliver(raw: Uint8Array): Promise<void>
  /** What lies in a folder, seen by another door. */
  read(folder: 'inbox' | 'sent'): Promise<readonly { readonly raw: Uint8Array; readonly seen: boolean }[]>
  /** Gives INBOX another numbering. */
  renumber(): Promise<void>
}

/** What every `ImapTransport` must do, version 1 of the port, proven against a mailbox of the test's own. */
export function describeImapTransport(
  name: string,
  options: { readonly create: () => Promise<ImapTransportHarness>; readonly skip?: readonly Skip[] },
): void {
  describeSuite(`ImapTransport: ${name}`, options, ({ group, test, secure }) => {
    group('examine', () => {
      test('tells where new messages begin', async ({ imap, call, deliver }) => {
        await deliver(rawMessage('first'))
        const before = await imap.examine(call('delegate'))
        await deliver(rawMessage('second'))
        const after = await imap.examine(call('delegate'))
        expect(after).toEqual({ uidValidity: before.uidValidity, uidNext: before.uidNext + 1 })
      })
    })

    group('list', () => {
      test('gives pages, oldest first, that leave nothing out and give nothing twice', async ({ imap, call, deliver }) => {
        const sizes = [10, 200, 3000, 40, 5]
        for (const size of sizes) await deliver(rawMessage(`of-${size}`, `${'x'.repeat(size % 900)}\r\n`))
        const pages: (readonly number[])[] = []
        let fromUid = 1
        for (let page = await imap.list(call('delegate'), { fromUid, limit: 2 }); page.messages.length > 0;) {
          pages.push(page.messages.map(({ uid }) => uid))
          fromUid = (page.messages.at(-1)?.uid ?? 0) + 1
          page = await imap.list(call('delegate'), { fromUid, limit: 2 })
        }
        expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
        const uids = pages.flat()
        expect(uids).toEqual([...new Set(uids)].toSorted((left, right) => left - right))
      })

      test('gives nothing where nothing is new, not even the last message', async ({ imap, call, deliver }) => {
        expect((await imap.list(call('delegate'), { fromUid: 1, limit: 10 })).messages).toEqual([])
        await deliver(rawMessage('only'))
        const { uidNext } = await imap.examine(call('delegate'))
        expect((await imap.list(call('delegate'), { fromUid: uidNext, limit: 10 })).messages).toEqual([])
        expect((await imap.list(call('delegate'), { fromUid: uidNext + 1000, limit: 10 })).messages).toEqual([])
      })

      test('tells size and time, and keeps to a time', async ({ imap, call, deliver }) => {
        const begun = Math.floor(Date.now() / 1000) * 1000
        await deliver(rawMessage('timed'))
        const [stored] = (await imap.list(call('delegate'), { fromUid: 1, limit: 10, since: begun })).messages
        expect(stored?.receivedAt).toBeGreaterThanOrEqual(begun)
        expect(stored?.receivedAt).toBeLessThanOrEqual(Date.now())
        expect(stored?.size).toBeGreaterThan(rawMessage('timed').length - 1)
        const later = await imap.list(call('delegate'), { fromUid: 1, limit: 10, since: (stored?.receivedAt ?? 0) + 1000 })
        expect(later.messages).toEqual([])
      })
    })

    group('fetch', () => {
      test('gives the bytes as they are, and leaves the message unseen', async ({ imap, call, deliver, read }) => {
        const raw = rawMessage('bytes', ['.', '..', 'x'.repeat(900), '', ') OK FETCH', '{5}', 'hello', ''].join('\r\n'))
        await deliver(raw)
        const { uidValidity, messages } = await imap.list(call('delegate'), { fromUid: 1, limit: 1 })
        const fetched = await imap.fetch(call('delegate'), { uidValidity, uid: messages[0]?.uid ?? 0 })
        expect(latin1(fetched ?? new Uint8Array()).endsWith(latin1(raw))).toBe(true)
        expect((await read('inbox')).map(({ seen }) => seen)).toEqual([false])
      })

      test('gives bytes of any kind', async ({ imap, call, deliver }) => {
        const body = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => ![0, 10, 13].includes(byte))
        const raw = Uint8Array.from([...rawMessage('binary', ''), ...body, 13, 10])
        await deliver(raw)
        const { uidValidity, messages } = await imap.list(call('delegate'), { fromUid: 1, limit: 1 })
        const fetched = await imap.fetch(call('delegate'), { uidValidity, uid: messages[0]?.uid ?? 0 })
        expect(latin1(fetched ?? new Uint8Array()).endsWith(latin1(raw))).toBe(true)
      })

      test('gives a large message', async ({ imap, call, deliver }) => {
        const raw = rawMessage('large', `${'0123456789abcdef'.repeat(4)}\r\n`.repeat(40_000))
        await deliver(raw)
        const { uidValidity, messages } = await imap.list(call('delegate'), { fromUid: 1, limit: 1 })
        const fetched = await imap.fetch(call('delegate'), { uidValidity, uid: messages[0]?.uid ?? 0 })
        expect(latin1(fetched ?? new Uint8Array()).endsWith(latin1(raw))).toBe(true)
      })

      test('gives nothing for a message that is not there', async ({ imap, call, deliver }) => {
        await deliver(rawMessage('there'))
        const { uidValidity, uidNext } = await imap.examine(call('delegate'))
        expect(await imap.fetch(call('delegate'), { uidValidity, uid: uidNext + 7 })).toBeNull()
      })

      test('gives nothing for a number of another numbering', async ({ imap, call, deliver, renumber }) => {
        await deliver(rawMessage('renumbered'))
        const { uidValidity, messages } = await imap.list(call('delegate'), { fromUid: 1, limit: 1 })
        const uid = messages[0]?.uid ?? 0
        expect(await imap.fetch(call('delegate'), { uidValidity: uidValidity + 1, uid })).toBeNull()
        await renumber()
        expect((await imap.examine(call('delegate'))).uidValidity).not.toBe(uidValidity)
        expect(await imap.fetch(call('delegate'), { uidValidity, uid })).toBeNull()
      })
    })

    group('keepSent', () => {
      test('puts a copy there once, seen, with its bytes', async ({ imap, call, read }) => {
        const raw = rawMessage('sent', '.\r\nHello\r\n')
        for (let time = 0; time < 2; time += 1) await imap.keepSent(call('delegate'), { raw, messageId: '<sent@acme.test>' })
        await imap.keepSent(call('delegate'), { raw: rawMessage('sent-too'), messageId: '<sent-too@acme.test>' })
        const copies = await read('sent')
        expect(copies.map((copy) => [latin1(copy.raw), copy.seen])).toEqual([
          [latin1(raw), true],
          [latin1(rawMessage('sent-too')), true],
        ])
        expect(await read('inbox')).toEqual([])
      })
    })

    group('watch', () => {
      test('tells of what comes, until it is told to stop', async ({ imap, call, deliver }) => {
        const stop = new AbortController()
        let told: () => void = () => undefined
        const change = new Promise<void>((resolve) => (told = resolve))
        const watched = imap.watch(call('delegate'), { onChange: () => told(), signal: stop.signal })
        // Until it has begun nobody can tell; a message more does no harm.
        for (let time = 0; time < 20; time += 1) {
          await deliver(rawMessage(`watched-${time}`))
          const heard = await Promise.race([
            change.then(() => true),
            new Promise<false>((resolve) => setTimeout(() => resolve(false), 250)),
          ])
          if (heard) break
        }
        await change
        stop.abort()
        await watched
      })

      test('does not begin when it has already been stopped', async ({ imap, call }) => {
        await imap.watch(call('nobody'), { onChange: () => undefined, signal: AbortSignal.abort() })
      })

      secure('is refused like everything else', async ({ imap, call }) => {
        const { signal } = new AbortController()
        expect(await expectRefusal(imap.watch(call('stranger'), { onChange: () => undefined, signal }))).toMatchObject({
          httpStatus: 400,
          reason: 'auth_failed',
        })
      })
    })

    test('serves many calls at once', async ({ imap, call, deliver }) => {
      for (let at = 0; at < 5; at += 1) await deliver(rawMessage(`many-${at}`))
      const { uidValidity, messages } = await imap.list(call('delegate'), { fromUid: 1, limit: 10 })
      const fetched = await Promise.all(
        Array.from({ length: 20 }, (_, at) => imap.fetch(call('delegate'), { uidValidity, uid: messages[at % 5]?.uid ?? 0 })),
      )
      const subjects = fetched.map((raw) => /Subject: (\S+)/.exec(latin1(raw ?? new Uint8Array()))?.[1])
      expect(subjects).toEqual(Array.from({ length: 20 }, (_, at) => `many-${at % 5}`))
    })

    secure('opens a mailbox for nobody who may not, also after somebody who may', async ({ imap, call, deliver }) => {
      await deliver(rawMessage('private'))
      const { uidValidity, messages } = await imap.list(call('delegate'), { fromUid: 1, limit: 1 })
      for (const who of ['stranger', 'nobody'] as const) {
        const input = { uidValidity, uid: messages[0]?.uid ?? 0 }
        for (const open of [() => imap.examine(call(who)), () => imap.fetch(call(who), input)])
          expect(await expectRefusal(open())).toMatchObject({ vendor: 'microsoft', httpStatus: 400, reason: 'auth_failed' })
      }
    })

    secure('keeps the token to itself', async ({ imap, call }) => {
      const { accessToken } = call('nobody')
      const refused = await expectRefusal(imap.examine(call('nobody')))
      const shown = [String(refused), JSON.stringify(refused), refused.stack].join('\n')
      expect(shown).not.toContain(accessToken)
      expect(shown).not.toContain(btoa(accessToken).slice(0, 12))
    })

    secure('refuses a sign-in that could hold another', async ({ imap, call }) => {
      const usual = call('delegate')
      for (const changed of [{ user: `${usual.user}\u0001auth=Bearer x` }, { accessToken: `${usual.accessToken}\r\nA1 LOGOUT` }])
        await expect(imap.examine({ ...usual, ...changed })).rejects.toThrow(TypeError)
    })
  })
}
