/** RFC 5321 section 4.5.3.1.6, without its CRLF. */
const longestLine = 998

/**
 * Whether bytes travel by SMTP as they are: ASCII without NUL, lines that end with CRLF and only so, none longer than 998, the last one ended.
 * Anything else is rewritten or refused somewhere on the way.
 */
export function isWireSafe(raw: Uint8Array): boolean {
  let lineStart = 0
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw[at] ?? 0
    if (byte === 0 || byte > 0x7f) return false
    if (byte === 0x0a) return false
    if (byte === 0x0d) {
      if (raw[at + 1] !== 0x0a || at - lineStart > longestLine) return false
      at += 1
      lineStart = at + 1
    }
  }
  return raw.length > 0 && lineStart === raw.length
}
