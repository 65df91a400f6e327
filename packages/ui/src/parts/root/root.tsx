import { useCallback } from 'react'
import type { HTMLAttributes } from 'react'
import { useLanguage } from '../../locales/messages-context.ts'
import { usePart, usePartEnvironment } from '../environment/use-part.ts'

export interface RootProps extends HTMLAttributes<HTMLElement> {
  /** Becomes `data-tn-part` and the `tn-` class of the mounted component. */
  part: string
  as?: 'div' | 'section' | 'span'
}

/** The outermost element of everything a host mounts: scope of the stylesheet, direction, language and theme. */
export function Root({ part: name, as: Tag = 'div', className, ...rest }: RootProps) {
  const part = usePart()
  const { locale } = useLanguage()
  const { dir, colorScheme, theme } = usePartEnvironment()
  const paint = useCallback(
    (element: HTMLElement | null) => {
      if (element) applyTheme(element, theme)
    },
    [theme],
  )
  const attributes = part(name, ['tn-root', className].filter(Boolean).join(' '))
  return <Tag ref={paint} {...attributes} lang={locale} dir={dir} data-tn-color-scheme={colorScheme} {...rest} />
}

function applyTheme(element: HTMLElement, theme: Readonly<Record<string, string | undefined>>): void {
  for (const property of Array.from(element.style)) if (property.startsWith('--tn-')) element.style.removeProperty(property)
  for (const [token, value] of Object.entries(theme)) if (value !== undefined) element.style.setProperty(`--tn-${token}`, value)
}
