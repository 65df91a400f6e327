import { useEffect, useMemo, useState } from 'react'
import type { Messages, PartialMessages } from '../locales/en.ts'
import { loadMessages as loadBuiltIn } from '../locales/load-messages.ts'
import type { LanguageSettings } from '../locales/messages-context.ts'

export interface LanguageOptions {
  locale: string
  dir: LanguageSettings['dir']
  appName: string
  messages: PartialMessages | undefined
  loadMessages: ((locale: string) => Promise<Messages | PartialMessages | null>) | undefined
  /** A pack that does not load leaves English in place; the host is told. */
  onLoadFailed: () => void
}

type Texts = LanguageSettings['texts']

/** Loads the locale's pack after mount and lays the host's own wording over it. English until then. */
export function useLanguageSettings({
  locale,
  dir,
  appName,
  messages,
  loadMessages = loadBuiltIn,
  onLoadFailed,
}: LanguageOptions): LanguageSettings {
  const [pack, setPack] = useState<{ locale: string; texts: PartialMessages } | null>(null)
  useEffect(() => {
    let current = true
    loadMessages(locale).then(
      (texts) => current && setPack(texts && { locale, texts }),
      () => current && onLoadFailed(),
    )
    return () => {
      current = false
    }
    // A new callback is no reason to load again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [locale, loadMessages])
  return useMemo(() => {
    const loaded = pack?.locale === locale ? pack.texts : {}
    return { locale, dir, appName, texts: layTexts(loaded as Texts, (messages ?? {}) as Texts) }
  }, [locale, dir, appName, messages, pack])
}

function layTexts(pack: Texts, own: Texts): Texts {
  const surfaces = Object.entries(own).map(([surface, texts]) => [surface, { ...pack[surface], ...texts }])
  return { ...pack, ...Object.fromEntries(surfaces) }
}
