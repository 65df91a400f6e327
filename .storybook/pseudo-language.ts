import { loadMessages } from '@tenantry/ui/provider'
import type { Messages } from '@tenantry/ui/provider'

/** BCP 47's own name for accented English that nobody speaks. */
export const pseudoLocale = 'en-XA'

/** And its name for a language from right to left that nobody reads: what falls apart among such words is not kept in its own direction. */
export const mirroredLocale = 'ar-XB'

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
  n: 'ñ',
  c: 'ç',
}

const alef = 0x5d0

/** The packs of the package, one in longer, accented text: what stays plain is not translated, what breaks is too tight; and one in Hebrew letters. */
export async function loadLanguage(locale: string): Promise<Messages | null> {
  if (locale === pseudoLocale) return rewrite(await loadMessages('de'), (text) => `[${spell(text, accent)}~~]`) as Messages
  if (locale === mirroredLocale) return rewrite(await loadMessages('de'), (text) => spell(text, mirror)) as Messages
  return loadMessages(locale)
}

function rewrite(texts: unknown, write: (text: string) => string): unknown {
  if (typeof texts === 'string') return write(texts)
  return Object.fromEntries(Object.entries(texts ?? {}).map(([key, text]) => [key, rewrite(text, write)]))
}

// Places and code stay as they are: they are not text.
function spell(text: string, write: (letter: string) => string): string {
  const pieces = text.split(/(\{\w+\}|`[^`]+`)/)
  return pieces.map((piece, index) => (index % 2 === 1 ? piece : piece.replaceAll(/[a-zäöüß]/gi, write))).join('')
}

function accent(letter: string): string {
  return accents[letter] ?? letter
}

function mirror(letter: string): string {
  return String.fromCharCode(alef + (letter.toLowerCase().charCodeAt(0) % 27))
}
