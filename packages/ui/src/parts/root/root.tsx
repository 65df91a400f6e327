import { forwardRef, useCallback } from 'react'
import type { ForwardedRef, HTMLAttributes } from 'react'
import { useLanguage } from '../../locales/messages-context.ts'
import { usePart, usePartEnvironment } from '../environment/use-part.ts'

export interface RootProps extends HTMLAttributes<HTMLElement> {
  /** Becomes `data-tn-part` and the `tn-` class of the mounted component. */
  part: string
  as?: 'div' | 'section' | 'span'
}

/** The outermost element of everything a host mounts: scope of the stylesheet, direction, language and theme. */
export const Root = forwardRef(function Root(
  { part: name, as: Tag = 'div', className, ...rest }: RootProps,
  ref: ForwardedRef<HTMLElement>,
) {
  const part = usePart()
  const { locale } = useLanguage()
  const { dir, colorScheme, theme } = usePartEnvironment()
  // The CSSOM is open to us under a strict CSP, a style attribute is not.
  const attach = useCallback(
    (element: HTMLElement | null) => {
      if (element) applyTheme(element, theme)
      if (typeof ref === 'function') ref(element)
      else if (ref) ref.current = element
    },
    [theme, ref],
  )
  const attributes = part(name, ['tn-root', className].filter(Boolean).join(' '))
  return <Tag ref={attach} {...attributes} lang={locale} dir={dir} data-tn-color-scheme={colorScheme} {...rest} />
})

function applyTheme(element: HTMLElement, theme: Readonly<Record<string, string | undefined>>): void {
  for (const property of Array.from(element.style)) if (property.startsWith('--tn-')) element.style.removeProperty(property)
  for (const [token, value] of Object.entries(theme)) if (value !== undefined) element.style.setProperty(`--tn-${token}`, value)
}
