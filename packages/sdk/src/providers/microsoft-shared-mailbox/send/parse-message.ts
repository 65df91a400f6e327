import * as z from 'zod/mini'
import { TenantryError } from '../../../errors/index.ts'
import type { FieldFailure } from '../../../errors/index.ts'
import type { OutgoingAttachment, OutgoingMessage } from '../../../model/outgoing-message.ts'
import { parseRecipient, writeRecipient } from './parse-recipient.ts'

/** Exchange Online's limit for one message. Source: learn.microsoft.com, "Exchange Online limits". */
const maxRecipients = 500
/** The largest message that Exchange Online can be told to take. */
const maxBytes = 150 * 1024 * 1024
const maxAttachments = 250

const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u))
const visible = z.regex(/\S/)
const text = z.string().check(
  z.maxLength(maxBytes),
  z.refine((value) => !/[\0\p{Cs}]/u.test(value)),
)
const messageId = z.string().check(z.regex(/^<[\x21-\x3B\x3D\x3F-\x7E]{1,996}>$/))
const attachmentSchema = z.strictObject({
  filename: line(255).check(visible),
  contentType: z.string().check(z.maxLength(127), z.regex(/^[\w!#$&^.+-]{1,63}\/[\w!#$&^.+-]{1,63}$/)),
  content: z.instanceof(Uint8Array),
  contentId: z.optional(z.string().check(z.regex(/^[\x21-\x3B\x3D\x3F-\x7E]{1,250}$/))),
})
const recipients = z.array(z.unknown()).check(z.maxLength(maxRecipients))

const schema = z.strictObject({
  to: recipients,
  cc: z.optional(recipients),
  bcc: z.optional(recipients),
  replyTo: z.optional(z.unknown()),
  subject: line(998).check(visible),
  text: z.optional(text),
  html: z.optional(text),
  attachments: z.optional(z.array(attachmentSchema).check(z.maxLength(maxAttachments))),
  headers: z.optional(z.record(z.string(), line(900))),
  inReplyTo: z.optional(messageId),
  references: z.optional(z.array(messageId).check(z.maxLength(500))),
})

const header = /^(?:X|List)-[A-Za-z0-9-]{1,70}$/i

/**
 * What a host handed in, rebuilt from its known fields; addresses are rewritten, and what a reply answers stands at the end of its references.
 * @throws `recipient_invalid`, `message_invalid`, `message_too_large`, with the fields
 */
export function parseMessage(input: unknown): OutgoingMessage {
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw refused(parsed.error.issues.map(({ path }) => path.join('.')))
  const { to, cc, bcc, replyTo, headers, inReplyTo, ...message } = parsed.data
  const attachments = (message.attachments ?? []).map(toAttachment)
  const references = message.references ?? []
  const all = { to: parseAll('to', to), cc: parseAll('cc', cc), bcc: parseAll('bcc', bcc) }
  const count = all.to.length + all.cc.length + all.bcc.length
  if (count === 0 || count > maxRecipients) throw new TenantryError('message_invalid', { field: 'to' })
  if (!/\S/.test(message.text ?? '') && !/\S/.test(message.html ?? '')) throw new TenantryError('message_invalid', { field: 'text' })
  refuseTooLarge([message.text ?? '', message.html ?? ''], attachments)
  return {
    to: all.to,
    ...(all.cc.length > 0 && { cc: all.cc }),
    ...(all.bcc.length > 0 && { bcc: all.bcc }),
    ...(replyTo !== undefined && { replyTo: parseOne('replyTo', replyTo) }),
    subject: message.subject,
    ...(message.text !== undefined && { text: message.text }),
    ...(message.html !== undefined && { html: message.html }),
    ...(attachments.length > 0 && { attachments }),
    ...(headers !== undefined && { headers: parseHeaders(headers) }),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...((inReplyTo !== undefined || references.length > 0) && { references: thread(references, inReplyTo) }),
  }
}

/** RFC 5322 section 3.6.4: the last reference is what is answered. */
function thread(references: readonly string[], inReplyTo: string | undefined): string[] {
  const rest = references.filter((id) => id !== inReplyTo)
  return inReplyTo === undefined ? rest : [...rest, inReplyTo]
}

function toAttachment({ filename, contentType, content, contentId }: z.infer<typeof attachmentSchema>): OutgoingAttachment {
  return { filename, contentType, content, ...(contentId !== undefined && { contentId }) }
}

function parseHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const wrong = Object.keys(headers).find((name) => !header.test(name))
  if (wrong !== undefined) throw new TenantryError('message_invalid', { field: 'headers' })
  return { ...headers }
}

const parseAll = (field: string, list: readonly unknown[] = []): string[] => list.map((one, at) => parseOne(`${field}.${at}`, one))

function parseOne(field: string, input: unknown): string {
  const recipient = parseRecipient(input)
  if (recipient === null) throw new TenantryError('recipient_invalid', { field })
  return writeRecipient(recipient)
}

/** A text of UTF-16 has at least as many bytes as units. */
function refuseTooLarge(texts: readonly string[], attachments: readonly OutgoingAttachment[]): void {
  const bytes = texts.reduce((sum, { length }) => sum + length, 0) + attachments.reduce((sum, { content }) => sum + content.byteLength, 0)
  if (bytes > maxBytes) throw tooLarge(maxBytes)
}

/** @param limit in bytes */
export function tooLarge(limit: number): TenantryError {
  return new TenantryError('message_too_large', { field: 'attachments', values: { limit: `${Math.floor(limit / 1_000_000)} MB` } })
}

function refused(paths: readonly string[]): TenantryError {
  const fields = [...new Set(paths)].map((field): FieldFailure => ({ field: field || 'message', code: 'message_invalid' }))
  return new TenantryError('message_invalid', { fields })
}
