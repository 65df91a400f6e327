import type { RelayMessage } from '@tenantry/sdk/ports'
import type { MailComposerOptions } from 'nodemailer/lib/mail-composer'

type OutgoingAttachment = NonNullable<RelayMessage['attachments']>[number]

/** The text, its other form and the files, each in an encoding that has no 8-bit byte and no long line. */
export function describeParts({ text, html, attachments = [] }: RelayMessage): MailComposerOptions {
  return {
    ...(text !== undefined && { text: describeText(text) }),
    ...(html !== undefined && { html: describeText(html) }),
    attachments: attachments.map(describeAttachment),
  }
}

/** Line ends are CRLF before anything is encoded: RFC 2045 knows no other in text. */
function describeText(text: string) {
  return { content: Buffer.from(text.replace(/\r\n?|\n/g, '\r\n')), contentTransferEncoding: 'quoted-printable' }
}

function describeAttachment({ filename, contentType, content, contentId }: OutgoingAttachment) {
  return {
    filename,
    contentType: /^(message|multipart)\//i.test(contentType) ? opaque : contentType,
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    contentTransferEncoding: 'base64',
    ...(contentId !== undefined && { cid: contentId, contentDisposition: 'inline' }),
  }
}

/** RFC 2046 allows a message or multipart within a message no encoding, and its bytes may not be fit to travel without one. */
const opaque = 'application/octet-stream'
