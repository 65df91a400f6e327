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

/** A modal dialog. Focus is kept inside and goes back to where it came from. */
export function Dialog({ open, onOpenChange, title, description, children, footer, dismissible = true, initialFocus }: DialogProps) {
  const part = usePart()
  const t = useMessages(dialogMessages)
  const { portalContainer } = usePartEnvironment()
  const opened = useRef<readonly HTMLElement[]>([])
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
              opened.current = lineageOf(document.activeElement)
              if (!initialFocus?.current) return
              event.preventDefault()
              initialFocus.current.focus()
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              giveBack(opened.current)
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

/** An element and what it stands in, innermost first, up to the page. */
function lineageOf(element: Element | null): readonly HTMLElement[] {
  const lineage: HTMLElement[] = []
  for (let next = element; next instanceof HTMLElement && next !== document.body; next = next.parentElement) lineage.push(next)
  return lineage
}

/** The focus goes back to what opened the dialog; when that is gone, to the first that can be used where it stood. */
function giveBack([opener, ...around]: readonly HTMLElement[]): void {
  if (opener === undefined || opener.isConnected) return opener?.focus()
  const left = around.find((element) => element.isConnected)
  left?.querySelector<HTMLElement>('a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary')?.focus()
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
