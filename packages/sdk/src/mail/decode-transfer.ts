import type { MailPart } from './split-parts.ts'

/** The body of a part without its transfer encoding, RFC 2045 section 6. What is not valid in it is passed over. */
export function decodeTransfer({ encoding, body }: Pick<MailPart, 'encoding' | 'body'>): Uint8Array {
  if (encoding === 'base64') return decodeBase64(body)
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : body
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const sextets = new Uint8Array(256).fill(255)
for (let value = 0; value < alphabet.length; value += 1) sextets[alphabet.charCodeAt(value)] = value

const equals = 0x3d

function decodeBase64(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((body.length * 3) / 4))
  let length = 0
  let bits = 0
  let held = 0
  for (let at = 0; at < body.length; at += 1) {
    const char = body[at] ?? 0
    // Padding ends a unit; some mailers pad every line.
    if (char === equals) held = 0
    const sextet = sextets[char] ?? 255
    if (sextet === 255) continue
    bits = ((bits << 6) | sextet) & 0xffff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[length] = bits >> held
      length += 1
    }
  }
  return bytes.subarray(0, length)
}

function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length)
  let length = 0
  let at = 0
  while (at < body.length) {
    const char = body[at] ?? 0
    const lineEnd = char === equals ? endOfSoftBreak(body, at + 1) : 0
    const value = char === equals ? hexValue(body[at + 1]) * 16 + hexValue(body[at + 2]) : Number.NaN
    if (lineEnd > 0) at = lineEnd
    else {
      bytes[length] = Number.isNaN(value) ? char : value
      length += 1
      at += Number.isNaN(value) ? 1 : 3
    }
  }
  return bytes.subarray(0, length)
}

/** Where the next line starts if nothing but white space is left in this one, else 0. */
function endOfSoftBreak(body: Uint8Array, from: number): number {
  let at = from
  while (body[at] === 0x20 || body[at] === 0x09) at += 1
  if (at >= body.length) return at
  if (body[at] === 0x0d && body[at + 1] === 0x0a) return at + 2
  return body[at] === 0x0a ? at + 1 : 0
}

function hexValue(char = 0): number {
  if (char >= 0x30 && char <= 0x39) return char - 0x30
  const letter = char & ~0x20
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : Number.NaN
}
