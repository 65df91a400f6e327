// A line of RFC 5322 has at most 998 characters; Gmail refuses ids of more than 500.
const maxIdLength = 998
const maxReferences = 100

/**
 * The message ids of a `Message-ID`, `In-Reply-To` or `References` value in their order, none twice, each as `<id>`. RFC 5322 section 3.6.4.
 * Comments and phrases are passed over, white space inside an id is folding. Where nothing is in angle brackets, words with `@` are ids if
 * there are no others.
 */
export function readMessageIds(value: string): string[] {
  const { inAngles, words } = scan(value, true) ?? scan(value, false) ?? { inAngles: [], words: [] }
  const found = inAngles.length > 0 ? inAngles : words.every((word) => /[^@]@[^@]/.test(word)) ? words : []
  return [...new Set(found)].filter((id) => id.length <= maxIdLength).map((id) => `<${id}>`)
}

/** The id of a mail itself. One word without angle brackets is an id even without `@`. */
export function readMessageId(value: string): string | null {
  const [id = null] = readMessageIds(value)
  if (id !== null) return id
  const word = value.trim().replace(/^<|>$/g, '')
  return /^[^\s<>()]+$/.test(word) && word.length <= maxIdLength ? `<${word}>` : null
}

/** `References`, oldest first: of more than 100 the first, which began the thread, and the last 99. */
export function readReferences(value: string): string[] {
  const ids = readMessageIds(value)
  return ids.length <= maxReferences ? ids : [...ids.slice(0, 1), ...ids.slice(1 - maxReferences)]
}

interface Scan {
  readonly inAngles: readonly string[]
  readonly words: readonly string[]
}

/** With `skips`, comments and quoted strings are passed over; `null` when one of them does not end, so that it is none. */
function scan(value: string, skips: boolean): Scan | null {
  const inAngles: string[] = []
  let outside = ''
  let depth = 0
  let isQuoted = false
  let at = 0
  while (at < value.length) {
    const char = value.charAt(at)
    if (skips && char === '\\' && (depth > 0 || isQuoted)) at += 1
    else if (skips && depth > 0) depth += char === '(' ? 1 : char === ')' ? -1 : 0
    else if (skips && isQuoted) isQuoted = char !== '"'
    else if (skips && char === '(') depth = 1
    else if (skips && char === '"') isQuoted = true
    else if (char === '<') {
      const end = endOfId(value, at + 1)
      const id = value.slice(at + 1, end).replace(/\s/g, '')
      if (value.charAt(end) === '>' && id !== '') inAngles.push(id)
      else outside += ` ${id}`
      at = value.charAt(end) === '>' ? end : end - 1
    } else outside += char === '>' ? ' ' : char
    at += 1
  }
  return depth > 0 || isQuoted ? null : { inAngles, words: outside.split(/[\s,;]+/).filter(Boolean) }
}

/** Where the id that starts at `from` ends: at `>`, at the `<` of the next one, or at the end of the value. */
function endOfId(value: string, from: number): number {
  let at = from
  while (at < value.length && value.charAt(at) !== '>' && value.charAt(at) !== '<') at += 1
  return at
}
