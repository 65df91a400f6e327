import type { Message } from './message.ts'

const PLACE = /\{(\w+)\}/g

/** Picks the plural form that `values.count` asks for; a plain message has only one. */
export function chooseForm(message: Message, values: Readonly<Record<string, unknown>>, locale: string): string {
  if (typeof message === 'string') return message
  const form = new Intl.PluralRules(locale).select(Number(values['count']))
  return message[form] ?? message.other
}

/** Fills `{name}` places. A place without a value stays visible, so that a gap shows instead of hiding. */
export function format(message: Message, values: Readonly<Record<string, string | number>> = {}, locale = 'en'): string {
  return chooseForm(message, values, locale).replaceAll(PLACE, (place, name: string) => {
    const value = values[name]
    if (value === undefined) return place
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value
  })
}

/** The names of a message's places, over all of its forms. */
export function placesOf(message: Message): string[] {
  const texts = typeof message === 'string' ? [message] : Object.values(message)
  return [...new Set(texts.flatMap((text) => [...text.matchAll(PLACE)].map((match) => match[1] ?? '')))].toSorted()
}
