import { base64url } from 'jose'
import type { MessageState } from '../state/account-state.ts'
import { parseMime } from './mime.ts'
import type { MimePart } from './mime.ts'

/** Characters of base64url, a whole number of groups: enough for any header and for the first lines of text. */
const HEAD = 256 * 1024

/** The beginning of a message, taken apart: its headers, and text enough for a snippet. Costs the same for the largest mail. */
export function readHead({ raw }: MessageState): MimePart {
  return parseMime(base64url.decode(raw.slice(0, HEAD)))
}

/** The whole message, taken apart. */
export function readWhole({ raw }: MessageState): MimePart {
  return parseMime(base64url.decode(raw))
}

/** Its length in bytes. */
export function sizeOf({ raw }: MessageState): number {
  return Math.floor((raw.length * 3) / 4)
}
