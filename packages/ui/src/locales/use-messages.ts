import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { format } from './format.ts'
import type { Message, MessageSet, MessageSurface, ValuesArgument } from './message.ts'
import { useLanguage } from './messages-context.ts'
import { renderRich } from './render-rich.ts'
import { useVendor, vendorName } from './vendor.tsx'

/** A surface's texts in the current language. */
export interface Translate<Texts extends MessageSet> {
  /** Plain text, for attributes, labels and announcements. */
  <Key extends keyof Texts & string>(key: Key, ...values: ValuesArgument<Texts[Key], string | number>): string
  /** React nodes: `**bold**` and `` `code` `` become elements, values may be nodes. */
  rich<Key extends keyof Texts & string>(key: Key, ...values: ValuesArgument<Texts[Key], ReactNode>): ReactNode
  readonly locale: string
  /** Which way the page is read. */
  readonly dir: 'ltr' | 'rtl'
}

/** Overrides of one surface's texts, as a component's `messages` prop takes them. */
export type MessageOverrides<Texts> = { readonly [Key in keyof Texts]?: Message }

/** Reads a surface's texts: the component's overrides, the host's, the loaded pack, English. */
export function useMessages<Texts extends MessageSet>(
  surface: MessageSurface<string, Texts>,
  overrides?: MessageOverrides<Texts>,
): Translate<Texts> {
  const language = useLanguage()
  const vendor = vendorName(useVendor())
  return useMemo(() => {
    const { locale, dir, appName, texts } = language
    const find = (key: keyof Texts & string): Message => overrides?.[key] ?? texts[surface.surface]?.[key] ?? surface.messages[key] ?? key
    const plain = (key: keyof Texts & string, values?: Readonly<Record<string, string | number>>) =>
      format(find(key), { app: appName, vendor, ...values }, locale)
    const rich = (key: keyof Texts & string, values?: Readonly<Record<string, ReactNode>>) =>
      renderRich(find(key), { app: appName, vendor, ...values }, locale)
    return Object.assign(plain, { rich, locale, dir }) as Translate<Texts>
  }, [surface, overrides, language, vendor])
}
