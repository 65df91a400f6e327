import { Content, Description, Portal, Root as RadixRoot, Title } from '@radix-ui/react-dialog'
import { useEffect, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { IconButton } from '../button/icon-button.tsx'
import { usePart, usePartEnvironment } from '../environment/use-part.ts'
import { Root } from '../root/root.tsx'
import { dialogMessages } from './dialog.messages.ts'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** Buttons; the safe one first. */
  footer?: ReactNode
  /** Default true: Escape, the cross and a press outside close it. */
  dismissible?: boolean
  initialFocus?: RefObject<HTMLElement | null>
}

/** A modal dialog. Focus is kept inside and goes back to what opened it. */
export function Dialog({ open, onOpenChange, title, description, children, footer, dismissible = true, initialFocus }: DialogProps) {
  const part = usePart()
  const t = useMessages(dialogMessages)
  const { portalContainer } = usePartEnvironment()
  const opener = useRef<HTMLElement | null>(null)
  const refuse = (event: Event) => {
    if (!dismissible) event.preventDefault()
  }
  return (
    <RadixRoot open={open} onOpenChange={onOpenChange}>
      <Portal container={portalContainer}>
        <Root part="dialog-layer">
          {/* Radix's own overlay would inject a style tag, which a strict CSP refuses. */}
          <ScrollLock />
          <div {...part('dialog-overlay')} />
          <Content
            {...part('dialog')}
            {...(!description && { 'aria-describedby': undefined })}
            onOpenAutoFocus={(event) => {
              opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
              if (!initialFocus?.current) return
              event.preventDefault()
              initialFocus.current.focus()
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              opener.current?.focus()
            }}
            onEscapeKeyDown={refuse}
            onPointerDownOutside={refuse}
          >
            <div className="tn-dialog-head">
              <Title {...part('dialog-title')}>{title}</Title>
              {dismissible && <IconButton icon="close" size="sm" label={t('close')} onClick={() => onOpenChange(false)} />}
            </div>
            {description && (
              <Description asChild>
                <div {...part('dialog-description')}>{description}</div>
              </Description>
            )}
            {children && <div className="tn-dialog-body">{children}</div>}
            {footer && <div {...part('dialog-footer')}>{footer}</div>}
          </Content>
        </Root>
      </Portal>
    </RadixRoot>
  )
}

let locks = 0

function ScrollLock() {
  useEffect(() => {
    const page = document.documentElement
    locks += 1
    page.classList.add('tn-scroll-lock')
    return () => {
      locks -= 1
      if (locks === 0) page.classList.remove('tn-scroll-lock')
    }
  }, [])
  return null
}
