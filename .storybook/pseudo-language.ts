import { loadMessages } from '@tenantry/ui/provider'
import type { Messages } from '@tenantry/ui/provider'

/** BCP 47's own name for accented English that nobody speaks. */
export const pseudoLocale = 'en-XA'

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

/** The packs of the package, and one in longer, accented text: what stays plain is not translated, what breaks is too tight. */
export async function loadLanguage(locale: string): Promise<Messages | null> {
  if (locale !== pseudoLocale) return loadMessages(locale)
  return stretch(await loadMessages('de')) as Messages
}

function stretch(texts: unknown): unknown {
  if (typeof texts === 'string') return accent(texts)
  return Object.fromEntries(Object.entries(texts ?? {}).map(([key, text]) => [key, stretch(text)]))
}

// Places and code stay as they are: they are not text.
function accent(text: string): string {
  const pieces = text
    .split(/(\{\w+\}|`[^`]+`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replaceAll(/[a-z]/gi, (letter) => accents[letter] ?? letter)))
  return `[${pieces.join('')}~~]`
}
