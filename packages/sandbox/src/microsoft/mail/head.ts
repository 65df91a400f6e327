/** A message's header fields, folded as they came, and its body. */
export interface SplitMessage {
  fields: string[]
  body: Uint8Array
}

/** Splits without touching a byte of the body; the fields are binary text. */
export function splitHead(bytes: Uint8Array): SplitMessage {
  const end = endOfHead(bytes)
  const head = binaryOf(bytes.subarray(0, end.at)).replace(/\r$/, '')
  return { fields: head.split(/\r?\n(?![ \t])/).filter(Boolean), body: bytes.subarray(end.next) }
}

/** The reverse, with CRLF after every field. */
export function joinHead(fields: string[], body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = fields.map((field) => `${field}\r\n`).join('')
  const all = new Uint8Array(head.length + 2 + body.length)
  for (let at = 0; at < head.length; at += 1) all[at] = head.charCodeAt(at)
  all.set([13, 10], head.length)
  all.set(body, head.length + 2)
  return all
}

/** Changes header fields and leaves the body as it is. */
export function changeHead(bytes: Uint8Array, change: (fields: string[]) => string[]): Uint8Array<ArrayBuffer> {
  const { fields, body } = splitHead(bytes)
  return joinHead(change(fields), body)
}

/** The field has this name. */
export function isField(field: string, name: string): boolean {
  return field.slice(0, name.length + 1).toLowerCase() === `${name.toLowerCase()}:`
}

/** A character for each byte; no decoder does that for all of them. */
function binaryOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function endOfHead(bytes: Uint8Array): { at: number; next: number } {
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== 10) continue
    const next = bytes[at + 1]
    if (next === 10) return { at, next: at + 2 }
    if (next === 13 && bytes[at + 2] === 10) return { at, next: at + 3 }
  }
  return { at: bytes.length, next: bytes.length }
}
