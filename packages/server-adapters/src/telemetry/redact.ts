export const redacted = '[redacted]'

const longestValue = 500
/** More than this is not even looked at. */
const longestRead = 8_000

const deniedKey =
  /token|secret|passw|authori[sz]ation|cookie|credential|assertion|verifier|signature|bearer|jwt|session|private|(^|[._-])pem$|key$/i

/** A code of ours (`grant_revoked`) or of a driver (`40P01`). A code that OAuth gives has other characters, and is long. */
const errorCode = /^(?:[a-z]+(?:_[a-z]+)*|[A-Z0-9_]{3,20}|\d{1,5})$/
const longestErrorCode = 60

/** What secrets look like, wherever they stand. Each ends at the first character that cannot be part of it. */
const shapes: readonly [shape: RegExp, replacement: string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, redacted],
  [/\b(?:Bearer|Basic)[\s+]+[^\s"',;]+/gi, redacted],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, redacted],
  [/ya29(?:\.|%2e)[\w.%-]*/gi, redacted],
  [/GOCSPX-[\w-]*/gi, redacted],
  // Google's refresh tokens and codes, also as they stand in a form.
  [/(?<![\w.])(?:1(?:\/\/|%2F%2F)|4(?:\/|%2F)(?=[\w-]{16}))[\w.%-]+/gi, redacted],
  [
    /((?:access_|refresh_|id_)?token|client_secret|secret|password|assertion|code_verifier|authorization|[?&]code)(["']?\s{0,4}[:=]\s{0,4}["']?)[^\s"'&,;}]+/gi,
    `$1$2${redacted}`,
  ],
]

/** A text without what looks like a secret, cut to 500 characters. */
export function redactText(text: string): string {
  const clean = shapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), text.slice(0, longestRead))
  return clean.length > longestValue || text.length > longestRead ? `${clean.slice(0, longestValue)}…` : clean
}

/** What may be written of a field: by its name first, then by how the value looks. `undefined` for what cannot be written. */
export function redactField(key: string, value: unknown): string | number | boolean | null | undefined {
  if (value === null || value === undefined) return value
  if (deniedKey.test(key)) return redacted
  if (/code$/i.test(key) && !isErrorCode(value)) return redacted
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'string') return redactText(value)
  // The port has no such values; what somebody slipped in may hold anything.
  return `[${typeof value}]`
}

function isErrorCode(value: unknown): boolean {
  return (
    (typeof value === 'string' || typeof value === 'number') && String(value).length <= longestErrorCode && errorCode.test(String(value))
  )
}
