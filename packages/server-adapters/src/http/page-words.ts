import { fillWords } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type { PageLanguage } from './choose-language.ts'
import { englishWords } from './english-words.ts'
import { germanWords } from './german-words.ts'

export interface PageWords {
  /** The language the words are in, which is English for a code without German words. */
  readonly language: PageLanguage
  readonly title: string
  readonly detail: string
  readonly remedy: string
  readonly back: string
}

const connected = {
  en: { title: 'Connected', detail: 'The sign-in is complete.', remedy: 'You can close this window.' },
  de: { title: 'Verbunden', detail: 'Die Anmeldung ist abgeschlossen.', remedy: 'Sie können dieses Fenster schließen.' },
}

const approved = {
  en: {
    title: 'Approved',
    detail: 'The app is approved for your organization.',
    remedy: 'You can close this window. People can sign in now.',
  },
  de: {
    title: 'Genehmigt',
    detail: 'Die App ist für Ihre Organisation genehmigt.',
    remedy: 'Sie können dieses Fenster schließen. Jetzt können sich Personen anmelden.',
  },
}

const back = { en: 'Back to the settings', de: 'Zurück zu den Einstellungen' }

/** What an administrator sees who approved the app by its link, outside of a sign-in. */
export function approvedWords(wanted: PageLanguage): PageWords {
  return { language: wanted, ...approved[wanted], back: back[wanted] }
}

/** What the callback page says; a null code means that all went well. Plain text, not yet escaped. */
export function pageWords(code: ErrorCode | null, values: Readonly<Record<string, string>>, wanted: PageLanguage): PageWords {
  if (code === null) return { language: wanted, ...connected[wanted], back: back[wanted] }
  const german = wanted === 'de' ? germanWords[code] : undefined
  const language = german === undefined ? 'en' : 'de'
  const { title, detail, remedy } = german ?? englishWords[code]
  const fill = (words: string) => fillWords(words, values)
  return { language, title: fill(title), detail: fill(detail), remedy: fill(remedy), back: back[language] }
}
