import type { Address, Attachment, Email } from 'postal-mime'
import type { MailAddress, MailAttachment, MessageReceived } from '../model/events.ts'
import type { PulledMessage } from '../providers/provider.ts'

/** Adds to a kept event what is not kept because its bytes tell it: the parsed parts of a mail. Other events pass as they are. */
export async function hydrateEvent(body: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  if (body['type'] !== 'message.received') return body
  const { message } = body as unknown as PulledMessage
  return { ...body, message: { ...message, ...(await parseMail(message.raw)) } }
}

type Parsed = Omit<MessageReceived['message'], keyof PulledMessage['message']>

const nestingLimit = 64

/** RFC 5322 and MIME by postal-mime. What cannot be parsed is still delivered, with its raw bytes and nothing else. */
export async function parseMail(raw: Uint8Array): Promise<Parsed> {
  // Loaded with the first mail: most processes that import the sdk never parse one.
  const { default: PostalMime } = await import('postal-mime')
  try {
    return describe(await PostalMime.parse(raw, { maxNestingDepth: nestingLimit, attachmentEncoding: 'arraybuffer' }))
  } catch {
    return {
      messageId: null,
      inReplyTo: null,
      references: [],
      from: null,
      to: [],
      cc: [],
      subject: '',
      date: null,
      text: null,
      html: null,
      attachments: [],
    }
  }
}

function describe(email: Email): Parsed {
  return {
    messageId: email.messageId ?? null,
    inReplyTo: email.inReplyTo ?? null,
    references: (email.references ?? '').split(/\s+/).filter(Boolean),
    from: addresses(email.from === undefined ? [] : [email.from])[0] ?? null,
    to: addresses(email.to ?? []),
    cc: addresses(email.cc ?? []),
    subject: email.subject ?? '',
    date: email.date ?? null,
    text: email.text ?? null,
    html: email.html ?? null,
    attachments: email.attachments.map(toAttachment),
  }
}

function addresses(list: readonly Address[]): MailAddress[] {
  return list
    .flatMap((entry) => (entry.address === undefined ? (entry.group ?? []) : [entry]))
    .flatMap(({ name, address }) => (address ? [{ name: name ?? '', address }] : []))
}

function toAttachment({ filename, mimeType, contentId, disposition, content }: Attachment): MailAttachment {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  return {
    filename,
    contentType: mimeType,
    contentId: contentId ?? null,
    disposition: disposition === 'attachment' ? 'attachment' : disposition === 'inline' ? 'inline' : null,
    content: bytes,
  }
}
