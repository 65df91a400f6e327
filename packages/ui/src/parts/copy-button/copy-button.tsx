import { forwardRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../button/button.tsx'
import type { ButtonProps } from '../button/button.tsx'
import { usePartEnvironment } from '../environment/use-part.ts'
import { copyMessages } from './copy.messages.ts'
import { useCopy } from './use-copy.ts'

export interface CopyButtonProps extends Omit<ButtonProps, 'children' | 'value' | 'onClick' | 'busy'> {
  value: string
  /** Names the value: `Copy {what}` for assistive technology, `{what} copied` when done. */
  what: string
  /** Default `Copy`. */
  children?: ReactNode
  /** The element that shows the value: selected when the clipboard is refused. */
  shownIn?: RefObject<HTMLElement | null>
}

/** Copies one value, says so for two seconds, and announces it. */
export const CopyButton = forwardRef<HTMLButtonElement, CopyButtonProps>(function CopyButton(
  { value, what, children, shownIn, size = 'sm', ...rest },
  ref,
) {
  const t = useMessages(copyMessages)
  const { onPartEvent } = usePartEnvironment()
  const { state, copy } = useCopy()
  const press = () => {
    onPartEvent?.({ type: 'copy', component: 'copy-button' })
    void copy(value, shownIn?.current)
  }
  return (
    <span className="tn-copy-control">
      <Button
        ref={ref}
        size={size}
        data-state={state}
        aria-label={t(state === 'copied' ? 'copiedOf' : 'copyOf', { what })}
        {...rest}
        onClick={press}
        icon={state === 'copied' ? 'check' : 'copy'}
      >
        {state === 'copied' ? t('copied') : (children ?? t('copy'))}
      </Button>
      <output className={state === 'denied' ? 'tn-copy-denied' : 'tn-visually-hidden'}>
        {state === 'copied' && t('copiedOf', { what })}
        {state === 'denied' && t('denied')}
      </output>
    </span>
  )
})
