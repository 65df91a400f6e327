import { forwardRef } from 'react'
import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { usePart, usePartEnvironment } from '../environment/use-part.ts'
import { Icon } from '../icon/icon.tsx'
import { VisuallyHidden } from '../visually-hidden/visually-hidden.tsx'
import { linkMessages } from './link.messages.ts'

export interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string
  /** Opens a new tab; a string names where it leads, such as `Google Cloud Console`. */
  external?: boolean | string
  /** `text` (default) reads like a link, the others like a button. */
  look?: 'text' | 'secondary' | 'primary'
}

/** A link. External ones say so; internal ones go through the host's `navigate` when there is one. */
export const Link = forwardRef<HTMLAnchorElement, LinkProps>(function Link(
  { href, external = false, look = 'text', className, onClick, children, ...rest },
  ref,
) {
  const part = usePart()
  const t = useMessages(linkMessages)
  const { navigate, onPartEvent } = usePartEnvironment()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (external) onPartEvent?.({ type: 'external_link', component: 'link' })
    else if (navigate && isPlainClick(event)) {
      event.preventDefault()
      navigate(href)
    }
  }
  const attributes = look === 'text' ? part('link', className) : { ...part('button', className), 'data-variant': look, 'data-size': 'md' }
  return (
    <a ref={ref} href={href} {...attributes} {...(external && { target: '_blank', rel: 'noopener noreferrer' })} onClick={follow} {...rest}>
      {children}
      {external && ' '}
      {external && <Icon name="external" />}
      {external && <VisuallyHidden>{typeof external === 'string' ? t('newTabOf', { destination: external }) : t('newTab')}</VisuallyHidden>}
    </a>
  )
})

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented
}
