export interface ResultToken {
  readonly kind: 'word' | 'quoted' | '=' | '/'
  readonly text: string
}

/**
 * An `Authentication-Results` value as the tokens between its semicolons, without comments (RFC 8601 section 2.2). `null` when a comment or
 * a quoted string does not end, or a comment ends that never began. With `quotesInComments`, a quoted string inside a comment is one too.
 */
export function lexResults(value: string, quotesInComments: boolean): ResultToken[][] | null {
  const statements: ResultToken[][] = [[]]
  const add = (token: ResultToken): void => void statements.at(-1)?.push(token)
  let at = 0
  while (at < value.length) {
    const char = value.charAt(at)
    let next = at + 1
    if (char === ';') statements.push([])
    else if (char === ')') return null
    else if (char === '(') next = endOfComment(value, at, quotesInComments)
    else if (char === '"') {
      next = endOfQuoted(value, at)
      add({ kind: 'quoted', text: value.slice(at + 1, next - 1).replace(/\\(.)/g, '$1') })
    } else if (char === '=' || char === '/') add({ kind: char, text: char })
    else if (!isSpace(char)) {
      while (next < value.length && !endsWord(value.charAt(next))) next += 1
      add({ kind: 'word', text: value.slice(at, next) })
    }
    if (next === unended) return null
    at = next
  }
  return statements
}

const unended = -1

const isSpace = (char: string): boolean => char === ' ' || char === '\t'

const endsWord = (char: string): boolean => isSpace(char) || '()";=/'.includes(char)

/** The place after the closing quote of the string that opens at `from`. */
function endOfQuoted(value: string, from: number): number {
  for (let at = from + 1; at < value.length; at += 1) {
    if (value.charAt(at) === '\\') at += 1
    else if (value.charAt(at) === '"') return at + 1
  }
  return unended
}

/** The place after the parenthesis that closes the comment that opens at `from`; comments nest. */
function endOfComment(value: string, from: number, quotesInComments: boolean): number {
  let depth = 0
  let at = from
  while (at < value.length) {
    const char = value.charAt(at)
    if (char === '"' && quotesInComments) {
      at = endOfQuoted(value, at)
      if (at === unended) return unended
      continue
    }
    if (char === '(') depth += 1
    if (char === ')') depth -= 1
    if (depth === 0) return at + 1
    at += char === '\\' ? 2 : 1
  }
  return unended
}
