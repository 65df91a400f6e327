import type { Messages } from './en.ts'

const packs: Readonly<Record<string, () => Promise<Messages>>> = {
  de: async () => (await import('./de.ts')).de,
}

/** Fetches the language pack for a BCP 47 locale; `null` where English, which needs no pack, is all there is. */
export async function loadMessages(locale: string): Promise<Messages | null> {
  const load = packs[new Intl.Locale(locale).language]
  return load ? load() : null
}
