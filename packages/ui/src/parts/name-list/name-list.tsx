import { Fragment } from 'react'
import { useLanguage } from '../../locales/messages-context.ts'

export interface NameListProps {
  names: readonly string[]
}

/** Names as a sentence of the reader's language lists them, each in its own direction. */
export function NameList({ names }: NameListProps) {
  const { locale } = useLanguage()
  const parts = new Intl.ListFormat(locale, { type: 'conjunction' }).formatToParts(names)
  // A sentence's parts are a fixed sequence: the position is their identity.
  return parts.map(({ type, value }, index) =>
    type === 'element' ? <bdi key={index}>{value}</bdi> : <Fragment key={index}>{value}</Fragment>,
  )
}
