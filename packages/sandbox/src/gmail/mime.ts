// As many arguments as any engine takes.
const PIECE = 4096

/** One MIME part, as Gmail's `payload` shows it. */
export interface MimePart {
  mimeType: string
  headers: { name: string; value: string }[]
  filename: string
  /** Decoded content; empty for multiparts. */
  content: Uint8Array<ArrayBuffer>
  parts: MimePart[]
}

/** Takes an RFC 822 message apart. */
export function parseMime(bytes: Uint8Array): MimePart {
  return parsePart(toBinary(bytes))
}

/** The first value of a header, encoded words decoded; empty when absent. */
export function headerOf(part: MimePart, name: string): string {
  const value = part.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? ''
  return value.replace(/=\?([\w-]+)\?([BQ])\?([^?]*)\?=\s*/gi, (_, charset: string, how: string, text: string) =>
    new TextDecoder(charset).decode(how.toUpperCase() === 'B' ? decodeBase64(text) : decodeQuoted(text.replaceAll('_', ' '))),
  )
}

/** The readable text of a message. */
export function textOf(part: MimePart): string {
  if (part.mimeType === 'text/plain') return new TextDecoder().decode(part.content)
  const texts = part.parts.map(textOf).filter(Boolean)
  if (texts.length > 0) return texts[0] ?? ''
  return part.mimeType === 'text/html' ? new TextDecoder().decode(part.content).replace(/<[^>]*>/g, ' ') : ''
}

function parsePart(source: string): MimePart {
  const blank = /\r?\n\r?\n/.exec(source)
  const head = blank ? source.slice(0, blank.index) : source
  const body = blank ? source.slice(blank.index + blank[0].length) : ''
  const headers = (blank || /^[\w-]+:/.test(head) ? head : '')
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const at = line.indexOf(':')
      return at > 0 ? [{ name: line.slice(0, at), value: decodeUtf8(line.slice(at + 1).trim()) }] : []
    })
  const header = (name: string) => headers.find((candidate) => candidate.name.toLowerCase() === name)?.value ?? ''
  const type = header('content-type') || 'text/plain'
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  const filename = /filename="?([^";]+)"?/i.exec(header('content-disposition'))?.[1] ?? ''
  const mimeType = (type.split(';')[0] ?? '').trim().toLowerCase()
  if (mimeType.startsWith('multipart/') && boundary) {
    const pieces = body.split(`--${boundary}`).slice(1)
    const end = pieces.findIndex((piece) => piece.startsWith('--'))
    const parts = pieces.slice(0, end < 0 ? undefined : end).map((piece) => parsePart(piece.replace(/^\r?\n/, '').replace(/\r?\n$/, '')))
    return { mimeType, headers, filename, content: new Uint8Array(), parts }
  }
  return { mimeType, headers, filename, content: decodeBody(body, header('content-transfer-encoding').toLowerCase()), parts: [] }
}

function decodeBody(body: string, encoding: string): Uint8Array<ArrayBuffer> {
  if (encoding === 'base64') return decodeBase64(body)
  return encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=\r?\n/g, '')) : fromBinary(body)
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const clean = text.replace(/[^A-Za-z0-9+/]/g, '')
  // A last group of one character cannot be decoded: mail cut short in transit has them.
  return fromBinary(atob(clean.length % 4 === 1 ? clean.slice(0, -1) : clean))
}

function decodeQuoted(text: string): Uint8Array<ArrayBuffer> {
  return fromBinary(text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))))
}

function decodeUtf8(binary: string): string {
  return new TextDecoder().decode(fromBinary(binary))
}

function fromBinary(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

function toBinary(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += PIECE) binary += Reflect.apply(String.fromCharCode, String, bytes.subarray(at, at + PIECE))
  return binary
}
