import type PostalMime from 'postal-mime'
import type { MailAttachment, MessageReceived } from '../model/events.ts'
import { cleanLine, cleanText } from './clean-text.ts'
import { decodeTransfer } from './decode-transfer.ts'
import type { MailPart, PartBudget } from './split-parts.ts'
import { writeSkeleton } from './write-skeleton.ts'

export type MailBody = Pick<MessageReceived['message'], 'text' | 'html' | 'attachments'>

/** Texts (character sets, `format=flowed`, which parts make up the body) and file names by postal-mime, content by `decodeTransfer`. */
export async function readBody(parser: typeof PostalMime, root: MailPart, budget: PartBudget): Promise<MailBody> {
  const { source, attachments } = writeSkeleton(root, budget)
  const email = await parser.parse(source)
  const filenames = new Map(email.attachments.map(({ description, filename }) => [Number(description), filename]))
  return {
    text: readText(email.text),
    html: readText(email.html),
    attachments: attachments.map((part, index) => toAttachment(part, filenames.get(index) ?? '')),
  }
}

const readText = (text: string | undefined): string | null => (text ? cleanText(text.replace(/\r\n?/g, '\n')) : null)

function toAttachment(part: MailPart, filename: string): MailAttachment {
  const contentId = part.headers.first('content-id')
  return {
    filename: readFilename(filename),
    contentType: part.type,
    contentId: contentId === null ? null : cleanLine(contentId),
    disposition: part.disposition === 'attachment' || part.disposition === 'inline' ? part.disposition : null,
    // Without a type: a Response made from it must not be a page just because the sender says so.
    content: new Blob([decodeTransfer(part) as Uint8Array<ArrayBuffer>]),
  }
}

/** RFC 2183 section 2.3: a path that comes with a name is the sender's, not ours. */
const readFilename = (filename: string): string | null => cleanLine(filename).split(/[/\\]/).at(-1) || null
