import { base64url } from 'jose'
import { parseMime } from '../../gmail/mime.ts'
import type { MimePart } from '../../gmail/mime.ts'
import type { MessageState } from '../state/recipient-state.ts'
import { appendAttachments } from './append-attachments.ts'

/** Characters of base64url, a whole number of groups: enough for any header and for the first lines of text. */
const HEAD = 256 * 1024

/** The bytes of a message; of a draft with what was attached since. */
export function bytesOf({ raw, attachments }: MessageState): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(base64url.decode(raw))
  return attachments.length === 0 ? bytes : appendAttachments(bytes, attachments)
}

/** The beginning of a message, taken apart. */
export function readHead({ raw }: Pick<MessageState, 'raw'>): MimePart {
  return parseMime(base64url.decode(raw.slice(0, HEAD)))
}
