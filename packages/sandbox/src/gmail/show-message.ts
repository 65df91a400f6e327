import { base64url } from 'jose'
import { invalidArgument } from '../http/api-error.ts'
import { streamField } from '../http/stream-field.ts'
import type { MessageState } from '../state/account-state.ts'
import { textOf } from './mime.ts'
import type { MimePart } from './mime.ts'
import { readHead, readWhole, sizeOf } from './stored-mail.ts'

/** From here on a message is sent piece by piece. */
const LONG = 1024 * 1024

/** A message in the format asked for. @throws ApiError 400 for an unknown format */
export function showMessage(message: MessageState, format: string, metadataHeaders: string[]): Record<string, unknown> | Response {
  const mail = readHead(message)
  const { id, threadId, labelIds, historyId, internalDate } = message
  const snippet = textOf(mail).replace(/\s+/g, ' ').trim().slice(0, 200)
  const shared = { id, threadId, labelIds, snippet, historyId, internalDate: String(internalDate), sizeEstimate: sizeOf(message) }
  switch (format) {
    case 'minimal':
      return shared
    case 'raw':
      return message.raw.length < LONG ? { ...shared, raw: message.raw } : streamField(shared, 'raw', message.raw)
    case 'metadata': {
      const wanted = metadataHeaders.map((name) => name.toLowerCase())
      const headers = mail.headers.filter(({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()))
      return { ...shared, payload: { mimeType: mail.mimeType, headers } }
    }
    case 'full':
      return { ...shared, payload: showPart(readWhole(message), '') }
    default:
      throw invalidArgument(`Invalid value at 'format': ${format}`)
  }
}

function showPart(part: MimePart, partId: string): Record<string, unknown> {
  const children = part.parts.map((child, index) => showPart(child, partId === '' ? String(index) : `${partId}.${index}`))
  return {
    partId,
    mimeType: part.mimeType,
    filename: part.filename,
    headers: part.headers,
    body: part.content.length > 0 ? { size: part.content.length, data: base64url.encode(part.content) } : { size: 0 },
    ...(children.length > 0 ? { parts: children } : {}),
  }
}
