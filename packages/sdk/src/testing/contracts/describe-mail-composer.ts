import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { MailComposer, RelayMessage } from '../../ports/index.ts'
import { expectFailure } from './expect-failure.ts'
import { latin1, newMessage, sampleMessage } from './mail-transport/sample-message.ts'
import { describeSuite } from './suite.ts'
import type { Closable, Skip } from './suite.ts'

export interface MailComposerHarness extends Closable {
  readonly composer: MailComposer
}

const date = Date.UTC(2026, 10, 21, 12, 30, 5)

/** Every line ends with CRLF and has at most 998 characters, no byte is above 127 or NUL. */
function expectWireSafe(raw: Uint8Array): void {
  const text = latin1(raw)
  expect(text.endsWith('\r\n')).toBe(true)
  const lines = text.slice(0, -2).split('\r\n')
  expect(lines.filter((line) => line.length > 998 || /[\r\n\u0000\u0080-\u00ff]/.test(line))).toEqual([])
}

/** The header fields, unfolded, their names in lower case. */
function headersOf(raw: Uint8Array): readonly (readonly [string, string])[] {
  const [head = ''] = latin1(raw).split('\r\n\r\n', 1)
  return head
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)] as const)
}

/** Read by another library than any composer's own. */
async function parse(raw: Uint8Array) {
  const { default: parser } = await import('postal-mime')
  return new parser({ attachmentEncoding: 'arraybuffer' }).parse(Uint8Array.from(raw))
}

/** Half a pair of surrogates is no character, and becomes the sign for that. */
const wellFormed = (text: string): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text))

const bytesOf = (content: unknown): number[] => [...new Uint8Array(content as ArrayBuffer)]

/** What every `MailComposer` must do, version 1 of the port. */
export function describeMailComposer(
  name: string,
  options: { readonly create: () => Promise<MailComposerHarness>; readonly skip?: readonly Skip[] },
): void {
  describeSuite(`MailComposer: ${name}`, options, ({ group, test, secure }) => {
    test('writes every header and every part, so that another reader finds them again', async ({ composer }) => {
      const raw = await composer.compose(sampleMessage, { date })
      expectWireSafe(raw)
      const mail = await parse(raw)
      expect(mail).toMatchObject({
        from: { name: 'Sälës', address: 'sales@company.test' },
        to: [
          { name: 'Ann Example', address: 'ann@acme.test' },
          { name: '', address: 'ben@acme.test' },
        ],
        cc: [{ name: 'Cy, the third', address: 'cy@acme.test' }],
        replyTo: [{ name: 'Desk', address: 'desk@company.test' }],
        subject: 'Grüße: your ticket №42',
        messageId: '<reply-1@company.test>',
        inReplyTo: '<question-1@acme.test>',
        references: '<question-0@acme.test> <question-1@acme.test>',
        date: new Date(date).toISOString(),
      })
      expect(mail.text?.replaceAll('\r\n', '\n').trimEnd()).toBe('Line one\n.starts with a dot\nLine three, süß')
      expect(mail.html).toContain('<img src="cid:logo@company.test">')
      const files = mail.attachments.toSorted((left, right) => (left.mimeType < right.mimeType ? -1 : 1))
      expect(files.map(({ filename, mimeType, contentId }) => [filename, mimeType, contentId])).toEqual([
        ['résumé – 履歴書.pdf', 'application/pdf', undefined],
        ['logo.png', 'image/png', '<logo@company.test>'],
      ])
      expect(files.map(({ content }) => bytesOf(content))).toEqual((sampleMessage.attachments ?? []).map(({ content }) => [...content]))
      expect(headersOf(raw)).toEqual(
        expect.arrayContaining([
          ['x-ticket', 'T-42'],
          ['list-id', 'desk.company.test'],
        ]),
      )
    })

    test('nests parts as RFC 2046 has it: files around pictures around the two forms of the text', async ({ composer }) => {
      const text = latin1(await composer.compose(sampleMessage, { date }))
      const types = [...text.matchAll(/^Content-Type: ([\w/]+)/gim)].map(([, type]) => type)
      expect(types).toEqual([
        'multipart/mixed',
        'multipart/alternative',
        'text/plain',
        'multipart/related',
        'text/html',
        'image/png',
        'application/pdf',
      ])
    })

    test('is the same for the same message and date', async ({ composer }) => {
      const [one, two] = await Promise.all([composer.compose(sampleMessage, { date }), composer.compose(sampleMessage, { date })])
      expect(latin1(one)).toBe(latin1(two))
    })

    test('keeps the order of a long thread, folded', async ({ composer }) => {
      const references = Array.from({ length: 200 }, (_, at) => `<mail-${at}.${'x'.repeat(60)}@acme.test>`)
      const raw = await composer.compose(newMessage('long-thread', { references }), { date })
      expectWireSafe(raw)
      expect((await parse(raw)).references).toBe(references.join(' '))
    })

    test('leaves the text of an attached message as it is', async ({ composer }) => {
      const content = new TextEncoder().encode('Subject: bare\nline ends, \u00fc and no end')
      for (const contentType of ['message/rfc822', 'text/plain', 'text/csv; charset=utf-8', 'multipart/mixed']) {
        const attachments = [{ filename: 'original.eml', contentType, content }]
        const mail = await parse(await composer.compose(newMessage('attached', { attachments }), { date }))
        expect(mail.attachments.map((file) => [file.filename, bytesOf(file.content)])).toEqual([['original.eml', [...content]]])
      }
    })

    secure('never names a blind copy', async ({ composer }) => {
      const raw = await composer.compose(sampleMessage, { date })
      expect(latin1(raw)).not.toMatch(/secret@acme\.test|^bcc/im)
    })

    group('for any text', () => {
      // A byte order mark at the beginning is taken for one by every reader.
      const words = fc.string({ unit: 'binary', maxLength: 400 }).filter((text) => !text.startsWith('\ufeff'))
      const rough = fc
        .array(fc.constantFrom('a', '.', '\n', '\r', '\r\n', '\u0000', 'ü', '=', ' ', '\t', '\u2028', '--', 'x'.repeat(1200)), {
          maxLength: 60,
        })
        .map((parts) => parts.join(''))

      secure('keeps to the line ends and the lengths of the wire, and loses nothing', async ({ composer }) => {
        await fc.assert(
          fc.asyncProperty(fc.oneof(words, rough), fc.uint8Array({ maxLength: 600 }), async (text, content) => {
            const attachments = [{ filename: 'data.bin', contentType: 'application/octet-stream', content }]
            const raw = await composer.compose(newMessage('any', { text, html: `<pre>${text}</pre>`, attachments }), { date })
            expectWireSafe(raw)
            const mail = await parse(raw)
            // The reader ends a part with a line end of its own.
            const expected = wellFormed(text).replace(/\r\n?/g, '\n')
            expect([expected, `${expected}\n`]).toContain((mail.text ?? '').replaceAll('\r\n', '\n'))
            expect(mail.attachments.map((file) => bytesOf(file.content))).toEqual([[...content]])
          }),
          { numRuns: 120 },
        )
      })

      secure('lets no field write a header of its own', async ({ composer }) => {
        const usual = new Set(headersOf(await composer.compose(sampleMessage, { date })).map(([field]) => field))
        const hostile = fc
          .array(
            fc.constantFrom(
              'a',
              ' ',
              '\r',
              '\n',
              '\r\n',
              '\r\n ',
              'Bcc: eve@evil.test',
              ':',
              ',',
              ';',
              '<',
              '>',
              '"',
              '(',
              '\\',
              '@',
              '\u0000',
              'é',
            ),
            {
              maxLength: 12,
            },
          )
          .map((parts) => parts.join(''))
        const changes = fc.oneof(
          hostile.map((text): Partial<RelayMessage> => ({ subject: text })),
          hostile.map((text): Partial<RelayMessage> => ({ from: `${text} <sales@company.test>` })),
          hostile.map((text): Partial<RelayMessage> => ({ to: [`${text}<ann@acme.test>`, 'ben@acme.test'] })),
          hostile.map((text): Partial<RelayMessage> => ({ to: [text] })),
          hostile.map((text): Partial<RelayMessage> => ({ replyTo: text })),
          hostile.map((text): Partial<RelayMessage> => ({ inReplyTo: `<${text}@acme.test>` })),
          hostile.map((text): Partial<RelayMessage> => ({ references: [`<${text}@acme.test>`] })),
          hostile.map((text): Partial<RelayMessage> => ({ messageId: `<${text}@company.test>` })),
          hostile.map((text): Partial<RelayMessage> => ({ headers: { 'X-Ticket': text } })),
          hostile.map((text): Partial<RelayMessage> => ({ headers: { [`X-${text}`]: 'T-42' } })),
          hostile.map((text): Partial<RelayMessage> => ({
            attachments: [{ filename: text, contentType: 'a/b', content: Uint8Array.of(1) }],
          })),
          hostile.map((text): Partial<RelayMessage> => ({
            attachments: [{ filename: 'f', contentType: `a/b${text}`, content: Uint8Array.of(1) }],
          })),
        )
        await fc.assert(
          fc.asyncProperty(changes, async (change) => {
            const outcome = await composer.compose({ ...sampleMessage, ...change }, { date }).catch((error: unknown) => error)
            if (!(outcome instanceof Uint8Array)) {
              await expectFailure(Promise.reject(outcome), 'message_invalid')
              return
            }
            expectWireSafe(outcome)
            const own = Object.keys(change.headers ?? {}).map((field) => field.toLowerCase())
            const fields = headersOf(outcome).map(([field]) => field)
            expect(fields.filter((field) => !usual.has(field) && !own.includes(field))).toEqual([])
            expect(fields.length).toBe(new Set(fields).size)
            const mail = await parse(outcome)
            expect((mail.to ?? []).length).toBe((change.to ?? sampleMessage.to).length)
            expect(latin1(outcome)).not.toMatch(/^bcc:/im)
          }),
          { numRuns: 400 },
        )
      })
    })

    group('refuses, and names the field,', () => {
      const cases: readonly (readonly [string, Partial<RelayMessage>])[] = [
        ['subject', { subject: 'Hello\r\nBcc: eve@evil.test' }],
        ['subject', { subject: 'x'.repeat(1000) }],
        ['from', { from: 'not an address' }],
        ['to', { to: [] }],
        ['to', { to: ['ann@acme.test, ben@acme.test'] }],
        ['to', { to: ['Team: ann@acme.test, ben@acme.test;'] }],
        ['cc', { cc: ['änn@acme.test'] }],
        ['bcc', { bcc: ['ann@acme.test\r\nRCPT TO:<eve@evil.test>'] }],
        ['replyTo', { replyTo: '' }],
        ['messageId', { messageId: 'no-brackets@company.test' }],
        ['inReplyTo', { inReplyTo: '<a> <b>' }],
        ['references', { references: ['<a@b>\n'] }],
        ['headers', { headers: { Bcc: 'eve@evil.test' } }],
        ['headers', { headers: { 'X-Ticket\r\nBcc': 'eve@evil.test' } }],
        ['headers', { headers: { 'X-Ticket': 'T\nBcc: eve@evil.test' } }],
        ['attachments', { attachments: [{ filename: 'a\r\nb', contentType: 'text/plain', content: Uint8Array.of(1) }] }],
        ['attachments', { attachments: [{ filename: 'a', contentType: 'text/plain\r\nX-A: b', content: Uint8Array.of(1) }] }],
        ['attachments', { attachments: [{ filename: 'a', contentType: 'image/png', content: Uint8Array.of(1), contentId: 'a>\r\nb' }] }],
      ]
      for (const [at, [field, change]] of cases.entries()) {
        secure(`${field}, case ${at + 1}`, async ({ composer }) => {
          const error = await expectFailure(composer.compose(newMessage('refused', change), { date }), 'message_invalid')
          expect(error.field).toBe(field)
        })
      }

      test('a message without any text', async ({ composer }) => {
        const { text: _, ...silent } = newMessage('silent')
        expect((await expectFailure(composer.compose(silent, { date }), 'message_invalid')).field).toBe('text')
      })
    })
  })
}
