import { createContext, useContext } from 'react'
import type { Message } from './message.ts'

/** What the provider tells every surface about language. */
export interface LanguageSettings {
  /** BCP 47. */
  readonly locale: string
  /** Which way the page is read. */
  readonly dir: 'ltr' | 'rtl'
  /** Fills `{app}`: the host product's name. */
  readonly appName: string
  /** Loaded pack and the host's overrides, by surface and key; English stands in for what is missing. */
  readonly texts: { readonly [surface: string]: { readonly [key: string]: Message | undefined } | undefined }
}

export const LanguageContext = createContext<LanguageSettings>({ locale: 'en', dir: 'ltr', appName: 'This app', texts: {} })

/** The locale, app name and texts in force. */
export function useLanguage(): LanguageSettings {
  return useContext(LanguageContext)
}
