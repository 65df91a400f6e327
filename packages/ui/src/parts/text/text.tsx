import type { ReactNode } from 'react'
import { useLanguage } from '../../locales/messages-context.ts'
import { renderRich } from '../../locales/render-rich.ts'
import { usePart } from '../environment/use-part.ts'

export interface TextProps {
  /** Nodes, or a template with `**bold**`, `` `code` `` and `{name}` places. */
  children: ReactNode
  /** For a template: what goes into its places. */
  values?: Readonly<Record<string, ReactNode>>
  tone?: 'default' | 'muted'
  size?: 'body' | 'small' | 'meta'
  as?: 'p' | 'span' | 'div'
  className?: string
  id?: string
}

/** A paragraph of message text, with its bold and code marks as elements. */
export function Text({ children, values, tone = 'default', size = 'body', as: Tag = 'p', className, id }: TextProps) {
  const part = usePart()
  const { locale, appName } = useLanguage()
  return (
    <Tag id={id} {...part('text', className)} data-tone={tone} data-size={size}>
      {typeof children === 'string' ? renderRich(children, { app: appName, ...values }, locale) : children}
    </Tag>
  )
}
