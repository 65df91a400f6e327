import type { RelayMessage } from '../../../ports/index.ts'

/** A message with everything that one can have, between addresses under `.test`. */
export const sampleMessage: RelayMessage = {
  from: 'Sälës <sales@company.test>',
  to: ['Ann Example <ann@acme.test>', 'ben@acme.test'],
  cc: ['"Cy, the third" <cy@acme.test>'],
  bcc: ['secret@acme.test'],
  replyTo: 'Desk <desk@company.test>',
  subject: 'Grüße: your ticket №42',
  text: 'Line one\n.starts with a dot\nLine three, süß\r\n',
  html: '<p>Line one <img src="cid:logo@company.test"></p>',
  attachments: [
    {
      filename: 'résumé – 履歴書.pdf',
      contentType: 'application/pdf',
      content: Uint8Array.from({ length: 5000 }, (_, at) => (at * 31) % 256),
    },
    { filename: 'logo.png', contentType: 'image/png', content: Uint8Array.of(137, 80, 78, 71, 0, 10, 13), contentId: 'logo@company.test' },
  ],
  headers: { 'X-Ticket': 'T-42', 'List-Id': 'desk.company.test' },
  messageId: '<reply-1@company.test>',
  inReplyTo: '<question-1@acme.test>',
  references: ['<question-0@acme.test>', '<question-1@acme.test>'],
}

/** A small message with a Message-ID of its own. */
export function newMessage(name: string, changes: Partial<RelayMessage> = {}): RelayMessage {
  return {
    from: 'sales@company.test',
    to: ['ann@acme.test'],
    subject: `About ${name}`,
    text: `Hello,\r\nthis is ${name}.\r\n`,
    messageId: `<${name}@company.test>`,
    ...changes,
  }
}

/** RFC 5322 bytes of a small message, by hand and not by the composer that is under test. */
export function rawMessage(name: string, body = 'Hello\r\n'): Uint8Array {
  const head = ['From: Ann <ann@acme.test>', 'To: sales@company.test', 'Date: Sat, 21 Nov 2026 12:30:05 +0000']
  const lines = [...head, `Subject: ${name}`, `Message-ID: <${name}@acme.test>`, '', body]
  return new TextEncoder().encode(lines.join('\r\n'))
}

/** Bytes as text, one character each, to be compared and searched. */
export function latin1(raw: Uint8Array): string {
  let text = ''
  // As many arguments as every engine takes.
  for (let at = 0; at < raw.length; at += 8192) text += String.fromCharCode(...raw.subarray(at, at + 8192))
  return text
}
