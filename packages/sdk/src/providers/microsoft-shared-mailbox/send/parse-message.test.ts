import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../../../errors/index.ts'
import { parseMessage } from './parse-message.ts'
import { parseRecipient, writeRecipient } from './parse-recipient.ts'

const message = { to: ['ann@example.com'], subject: 'Offer', text: 'Yes.' }

function refusalOf(input: unknown): { code: string; field: string | undefined } {
  try {
    parseMessage(input)
    return { code: 'taken', field: undefined }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { code: error.code, field: error.field }
  }
}

describe('a recipient', () => {
  it.each([
    ['ann@example.com', null, 'ann@example.com'],
    [' ann@example.com ', null, 'ann@example.com'],
    ['Ann Miller <ann@example.com>', 'Ann Miller', 'ann@example.com'],
    ['"Miller, Ann" <ann@example.com>', 'Miller, Ann', 'ann@example.com'],
    ['Ännchen 🌍 <a.b+c@mail.example.co.uk>', 'Ännchen 🌍', 'a.b+c@mail.example.co.uk'],
  ])('%j is read', (text, name, address) => {
    expect(parseRecipient(text)).toEqual({ name, address })
  })

  it.each([
    '',
    'ann',
    'ann@',
    '@example.com',
    'ann@localhost',
    'ann@-example.com',
    'ann@example..com',
    'ann..b@example.com',
    '.ann@example.com',
    'ann@exämple.com',
    'änn@example.com',
    '"ann b"@example.com',
    'ann@[127.0.0.1]',
    'ann@example.com, bob@example.com',
    'ann@example.com bob@example.com',
    '<ann@example.com>',
    'Ann <ann@example.com> <bob@example.com>',
    'Ann <ann@example.com>\r\nBcc: eve@example.com',
    'Ann\r\nBcc: eve@example.com <ann@example.com>',
    'boss@acme.com <eve@example.com>',
    '"boss@acme.com" <eve@example.com>',
    'A "B" C <ann@example.com>',
    `${'a'.repeat(65)}@example.com`,
    `ann@${'a.'.repeat(130)}com`,
    7,
    null,
    ['ann@example.com'],
    { address: 'ann@example.com' },
  ])('%j is none', (text) => {
    expect(parseRecipient(text)).toBeNull()
  })

  it.each([
    ['Ann Miller', 'Ann Miller <ann@example.com>'],
    ['"Jira: Service Desk"', '"Jira: Service Desk" <ann@example.com>'],
    ['Ann (Sales)', '"Ann (Sales)" <ann@example.com>'],
    ['Miller; Ann', '"Miller; Ann" <ann@example.com>'],
  ])('named %s is written so that the name stays what it is', (name, written) => {
    const recipient = parseRecipient(`${name} <ann@example.com>`)
    expect(recipient && writeRecipient(recipient)).toBe(written)
  })

  it('carries no line break, whatever is handed in', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('ann@example.com', '<', '>', '\r\n', ' ', '"', '@', ',', '\0', '\u2028'),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const read = parseRecipient(parts.join(''))
        if (read === null) return
        expect(read.address).toMatch(/^[\x21-\x7E]+@[\x21-\x7E]+$/)
        expect(read.name ?? '').not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}<>"@]/u)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a message', () => {
  it('is rebuilt from its known fields', () => {
    const content = new Uint8Array([1, 2])
    const attachment = { filename: 'Angebot für Ann.pdf', contentType: 'application/pdf', content, contentId: 'logo@acme' }
    const headers = { 'X-Ticket': '1', 'List-Unsubscribe': '<mailto:out@acme.com>' }
    const whole = {
      ...message,
      cc: ['Bob <bob@example.com>'],
      bcc: [],
      html: '<p>Yes.</p>',
      attachments: [attachment],
      headers,
      replyTo: 'dana@acme.com',
    }
    const { bcc: _, ...rest } = whole
    expect(parseMessage(whole)).toEqual(rest)
  })

  it.each([
    [['<a@x>', '<b@x>'], '<c@x>', ['<a@x>', '<b@x>', '<c@x>']],
    [['<a@x>', '<b@x>'], '<b@x>', ['<a@x>', '<b@x>']],
    [['<a@x>', '<b@x>'], '<a@x>', ['<b@x>', '<a@x>']],
    [undefined, '<c@x>', ['<c@x>']],
    [['<a@x>'], undefined, ['<a@x>']],
    [undefined, undefined, undefined],
  ])('of the thread %j that answers %j refers to %j', (references, inReplyTo, expected) => {
    const given = { ...message, ...(references && { references }), ...(inReplyTo && { inReplyTo }) }
    expect(parseMessage(given)).toEqual({ ...message, ...(inReplyTo && { inReplyTo }), ...(expected && { references: expected }) })
  })

  const wrong: readonly [string, unknown, string, string][] = [
    ['nothing', undefined, 'message_invalid', 'message'],
    ['a text', 'hello', 'message_invalid', 'message'],
    ['no recipient', { ...message, to: [] }, 'message_invalid', 'to'],
    ['a recipient that is none', { ...message, cc: ['bob'] }, 'recipient_invalid', 'cc.0'],
    ['a blind copy with a line break', { ...message, bcc: ['bob@example.com', 'a@b.co\r\nX: y'] }, 'recipient_invalid', 'bcc.1'],
    ['an answer address that is none', { ...message, replyTo: 'Dana' }, 'recipient_invalid', 'replyTo'],
    ['too many recipients', { ...message, to: Array(251).fill('a@b.co'), cc: Array(250).fill('a@b.co') }, 'message_invalid', 'to'],
    ['no subject', { ...message, subject: ' ' }, 'message_invalid', 'subject'],
    ['a subject with a line break', { ...message, subject: 'a\r\nBcc: eve@example.com' }, 'message_invalid', 'subject'],
    ['a subject with half a character', { ...message, subject: 'a\uD800' }, 'message_invalid', 'subject'],
    ['no text', { ...message, text: ' ' }, 'message_invalid', 'text'],
    ['a text with NUL', { ...message, text: 'a\0b' }, 'message_invalid', 'text'],
    ['a text with half a character', { ...message, html: 'a\uDC00' }, 'message_invalid', 'html'],
    ['a sender of its own', { ...message, from: 'finance@acme.com' }, 'message_invalid', 'message'],
    ['a header that is ours', { ...message, headers: { Bcc: 'eve@example.com' } }, 'message_invalid', 'headers'],
    ['a header with a line break in its name', { ...message, headers: { 'X-A\r\nBcc': 'x' } }, 'message_invalid', 'headers'],
    ['a header with a line break', { ...message, headers: { 'X-A': 'a\r\nBcc: eve@example.com' } }, 'message_invalid', 'headers.X-A'],
    ['a reference without brackets', { ...message, references: ['a@x'] }, 'message_invalid', 'references.0'],
    ['a reference with a line break', { ...message, inReplyTo: '<a@x>\r\nBcc: eve@example.com' }, 'message_invalid', 'inReplyTo'],
    [
      'a file that is a text',
      { ...message, attachments: [{ filename: 'a', contentType: 'a/b', content: 'abc' }] },
      'message_invalid',
      'attachments.0.content',
    ],
    [
      'a file name with a line break',
      { ...message, attachments: [{ filename: 'a\r\nb', contentType: 'a/b', content: new Uint8Array() }] },
      'message_invalid',
      'attachments.0.filename',
    ],
    [
      'a content type with a parameter',
      { ...message, attachments: [{ filename: 'a', contentType: 'text/html; charset=x', content: new Uint8Array() }] },
      'message_invalid',
      'attachments.0.contentType',
    ],
    [
      'files of more than 150 MB',
      { ...message, attachments: [{ filename: 'a', contentType: 'a/b', content: new Uint8Array(158_000_000) }] },
      'message_too_large',
      'attachments',
    ],
  ]
  it.each(wrong)('with %s is refused', (_, input, code, field) => {
    expect(refusalOf(input)).toEqual({ code, field })
  })
})
