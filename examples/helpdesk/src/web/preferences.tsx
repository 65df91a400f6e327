import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { words } from './words.ts'
import type { Words } from './words.ts'

export type Language = 'en' | 'de'
export type Theme = 'auto' | 'light' | 'dark'

interface Preferences {
  readonly language: Language
  /** BCP 47: the language as the browser's owner writes dates in it. */
  readonly locale: string
  readonly theme: Theme
  readonly setLanguage: (language: Language) => void
  readonly setTheme: (theme: Theme) => void
}

const PreferencesContext = createContext<Preferences | null>(null)

/** Language and theme, kept in this browser. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useKept<Language>('helpdesk.language', navigator.language.startsWith('de') ? 'de' : 'en', ['en', 'de'])
  const [theme, setTheme] = useKept<Theme>('helpdesk.theme', 'auto', ['auto', 'light', 'dark'])
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dataset['theme'] = theme
  }, [language, theme])
  const locale = navigator.languages.find((candidate) => candidate.startsWith(language)) ?? language
  const value = useMemo(() => ({ language, locale, theme, setLanguage, setTheme }), [language, locale, theme, setLanguage, setTheme])
  return <PreferencesContext value={value}>{children}</PreferencesContext>
}

/** @throws Error outside a PreferencesProvider */
export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext)
  if (preferences === null) throw new Error('No <PreferencesProvider> above this component')
  return preferences
}

/** The helpdesk's own words in the chosen language. */
export function useWords(): Words {
  return words[usePreferences().language]
}

function useKept<Value extends string>(key: string, initial: Value, known: readonly Value[]) {
  const [value, setValue] = useState(() => known.find((candidate) => candidate === localStorage.getItem(key)) ?? initial)
  const keep = useMemo(
    () => (next: Value) => {
      localStorage.setItem(key, next)
      setValue(next)
    },
    [key],
  )
  return [value, keep] as const
}
