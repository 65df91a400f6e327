import { readHeaders, type HeaderSection } from './read-headers.ts'
import { readParameter, readStructured, withoutComments } from './read-structured.ts'

/** A mail, or a part of one: RFC 2045, section 2.5. */
export interface MailPart {
  readonly headers: HeaderSection
  /** Media type in lower case; `text/plain` where none is given that is one (RFC 2045, section 5.2). */
  readonly type: string
  /** What follows the media type, from its semicolon on. */
  readonly typeParameters: string
  readonly disposition: string
  readonly dispositionParameters: string
  readonly encoding: 'base64' | 'quoted-printable' | 'identity'
  /** As sent; empty in a multipart. */
  readonly body: Uint8Array
  readonly parts: readonly MailPart[]
}

/** How many parts may still be made of one mail, messages inside it included. */
export interface PartBudget {
  left: number
}

const maxDepth = 64

const dash = 0x2d
const lineFeed = 0x0a
const carriageReturn = 0x0d

interface OpenPart {
  readonly part: MailPart & { body: Uint8Array; parts: MailPart[] }
  readonly delimiter: Uint8Array
}

/**
 * Splits a mail at its delimiters in one pass over its lines, RFC 2046 section 5.1. A delimiter of an outer multipart ends the inner ones.
 * Parts beyond the budget are left out, multiparts nested deeper than 64 levels are not split.
 */
export function splitParts(bytes: Uint8Array, budget: PartBudget): MailPart {
  const headerEnd = endOfHeaders(bytes, 0)
  const root = openPart(bytes.subarray(0, headerEnd), 'text/plain')
  const open: OpenPart[] = []
  let current: OpenPart | null = root
  let bodyStart = headerEnd
  let at = headerEnd
  if (root.delimiter.length > 0) open.push(root)

  while (open.length > 0 && at < bytes.length) {
    const lineStart = at
    while (at < bytes.length && bytes[at] !== lineFeed) at += 1
    at += 1
    const found = bytes[lineStart] === dash && bytes[lineStart + 1] === dash ? findDelimiter(open, bytes, lineStart, at - 1) : null
    if (found === null) continue

    closePart(current, bytes, bodyStart, lineStart)
    current = null
    open.length = found.isLast ? found.depth : found.depth + 1
    const parent = found.isLast ? undefined : open.at(-1)?.part
    if (parent === undefined) continue
    if (budget.left <= 0) return root.part
    budget.left -= 1

    const partEnd = endOfHeaders(bytes, at, open)
    current = openPart(bytes.subarray(at, partEnd), parent.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain')
    parent.parts.push(current.part)
    if (current.delimiter.length > 0 && open.length < maxDepth) open.push(current)
    at = partEnd
    bodyStart = partEnd
  }
  closePart(current, bytes, bodyStart, bytes.length)
  return root.part
}

function closePart(current: OpenPart | null, bytes: Uint8Array, start: number, delimiterStart: number): void {
  if (current === null || current.part.type.startsWith('multipart/')) return
  let end = delimiterStart
  // The line end before a delimiter belongs to the delimiter.
  if (end < bytes.length && bytes[end - 1] === lineFeed) end -= bytes[end - 2] === carriageReturn ? 2 : 1
  current.part.body = bytes.subarray(start, Math.max(start, end))
}

/** Where the body begins: after the first empty line, or at a delimiter that comes before one. */
function endOfHeaders(bytes: Uint8Array, from: number, open: readonly OpenPart[] = []): number {
  let at = from
  while (at < bytes.length) {
    const lineStart = at
    let isEmpty = true
    for (; at < bytes.length && bytes[at] !== lineFeed; at += 1) isEmpty &&= bytes[at] === carriageReturn
    if (findDelimiter(open, bytes, lineStart, at) !== null) return lineStart
    at += 1
    if (isEmpty) return Math.min(at, bytes.length)
  }
  return bytes.length
}

function openPart(section: Uint8Array, fallbackType: string): OpenPart {
  const headers = readHeaders(section)
  const { word, parameters: typeParameters } = readStructured(headers.first('content-type') ?? fallbackType)
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(word) ? word : 'text/plain'
  const disposition = readStructured(headers.first('content-disposition') ?? '')
  const boundary = type.startsWith('multipart/') ? (readParameter(typeParameters, 'boundary') ?? '') : ''
  return {
    part: {
      headers,
      type,
      typeParameters,
      disposition: disposition.word,
      dispositionParameters: disposition.parameters,
      encoding: readEncoding(headers.first('content-transfer-encoding') ?? ''),
      body: new Uint8Array(),
      parts: [],
    },
    delimiter: new TextEncoder().encode(boundary),
  }
}

function readEncoding(value: string): MailPart['encoding'] {
  const word = /[\w-]+/.exec(withoutComments(value).toLowerCase())?.[0]
  return word === 'base64' || word === 'quoted-printable' ? word : 'identity'
}

/** Which open multipart this line delimits, the innermost first, and whether it is the last of it. */
function findDelimiter(
  open: readonly OpenPart[],
  bytes: Uint8Array,
  start: number,
  end: number,
): { depth: number; isLast: boolean } | null {
  if (bytes[start] !== dash || bytes[start + 1] !== dash) return null
  for (let depth = open.length - 1; depth >= 0; depth -= 1) {
    const delimiter = open[depth]?.delimiter ?? new Uint8Array()
    const after = start + 2 + delimiter.length
    if (after > end || !delimiter.every((byte, index) => bytes[start + 2 + index] === byte)) continue
    const isLast = after + 2 <= end && bytes[after] === dash && bytes[after + 1] === dash
    if (isBlank(bytes, isLast ? after + 2 : after, end)) return { depth, isLast }
  }
  return null
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at] !== 0x20 && bytes[at] !== 0x09 && bytes[at] !== carriageReturn) return false
  return true
}
