/** A `Content-Type` or `Content-Disposition` value: its first word in lower case, and what follows it from the first semicolon on. */
export interface StructuredValue {
  readonly word: string
  readonly parameters: string
}

/** RFC 2045 section 5.1. */
export function readStructured(value: string): StructuredValue {
  const end = value.indexOf(';')
  const head = end === -1 ? value : value.slice(0, end)
  return { word: withoutComments(head).trim().toLowerCase(), parameters: end === -1 ? '' : value.slice(end) }
}

/** The value of the first parameter of this name, or `null`. Unquoted values may hold any character but `;` and space, as they do in mail. */
export function readParameter(parameters: string, name: string): string | null {
  let at = 0
  while (at < parameters.length) {
    const start = at + 1
    at = endOfParameter(parameters, start)
    // Looked for within it only: thousands of empty ones are no reason to read to the end for each.
    const own = parameters.slice(start, at)
    const equals = own.indexOf('=')
    if (equals !== -1 && withoutComments(own.slice(0, equals)).trim().toLowerCase() === name) return readValue(own.slice(equals + 1).trim())
  }
  return null
}

function readValue(text: string): string {
  if (!text.startsWith('"')) return /^[^\s]*/.exec(text)?.[0] ?? ''
  const quoted = /^"((?:[^"\\]|\\[^])*)/.exec(text)?.[1] ?? ''
  return quoted.replace(/\\([^])/g, '$1')
}

/** The place of the semicolon that ends the parameter, outside of quotes, or the end of the text. */
function endOfParameter(text: string, from: number): number {
  let isQuoted = false
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '\\' && isQuoted) at += 1
    else if (char === '"') isQuoted = !isQuoted
    else if (char === ';' && !isQuoted) return at
  }
  return text.length
}

export const withoutComments = (text: string): string => text.replace(/\([^()]*\)/g, ' ')
