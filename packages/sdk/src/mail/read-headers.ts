/** The header section of a mail or of a part of it: the values of its fields, unfolded. */
export interface HeaderSection {
  /** The value of the topmost field of this name (lower case), or `null`. */
  first(name: string): string | null
  /** The values of all fields of this name, topmost first. */
  all(name: string): readonly string[]
}

// Twice what Gmail accepts (support.google.com/a/answer/14016360). A field that crosses a limit is not read, nor is any after it.
const maxBytes = 1024 * 1024
const maxFields = 10_000

const lineFeed = 0x0a

/**
 * Reads a header section, RFC 5322 section 2.2. Lines end with LF or CRLF; a bare CR ends none, or one value could smuggle in a field. Lines
 * that are no field, as the `From ` line of an mbox, are passed over.
 */
export function readHeaders(section: Uint8Array): HeaderSection {
  const bytes = section.subarray(0, maxBytes + 1)
  const fields = new Map<string, string[]>()
  let count = 0
  let fieldStart = 0
  while (fieldStart < bytes.length && count < maxFields) {
    const end = endOfField(bytes, fieldStart)
    if (end > maxBytes) break
    const field = readField(bytes.subarray(fieldStart, end))
    fieldStart = end
    if (field === null) continue
    count += 1
    const values = fields.get(field.name)
    if (values === undefined) fields.set(field.name, [field.value])
    else values.push(field.value)
  }
  return { first: (name) => fields.get(name)?.[0] ?? null, all: (name) => fields.get(name) ?? [] }
}

/** Where the line after a field starts: one that does not begin with white space. */
function endOfField(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length) {
    const feed = bytes.indexOf(lineFeed, at)
    at = feed === -1 ? bytes.length : feed + 1
    if (bytes[at] !== 0x20 && bytes[at] !== 0x09) break
  }
  return at
}

function readField(bytes: Uint8Array): { name: string; value: string } | null {
  const colon = bytes.indexOf(0x3a)
  if (colon === -1) return null
  const name = /^([!-9;-~]+)[ \t]*$/.exec(decode(bytes.subarray(0, colon)))?.[1]
  return name === undefined ? null : { name: name.toLowerCase(), value: unfold(decode(bytes.subarray(colon + 1))) }
}

/** Takes out the line ends and keeps the white space that follows them; other control characters become spaces. */
const unfold = (text: string): string =>
  text
    .replaceAll('\r\n', '')
    .replaceAll('\n', '')
    .replace(/[\0-\x1f\x7f]/g, ' ')
    .trim()

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const windows1252 = new TextDecoder('windows-1252')

/** UTF-8 (RFC 6532); what is not valid UTF-8 is, in practice, Windows-1252. */
function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return windows1252.decode(bytes)
  }
}
