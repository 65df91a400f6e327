import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../button/button.tsx'
import { Callout } from '../callout/callout.tsx'
import { CopyButton } from '../copy-button/copy-button.tsx'
import { errorBlockMessages } from './error-block.messages.ts'

export interface ErrorBlockProps {
  /** What happened; default `Something went wrong`. */
  title?: ReactNode
  /** Why, as far as it is known. */
  cause?: ReactNode
  /** What to do about it. */
  fix?: ReactNode
  onRetry?: () => void
  retrying?: boolean
  /** Further buttons and links. */
  actions?: ReactNode
  /** Request id for support; shown with a copy button. */
  reference?: string | undefined
  className?: string
}

/** An error: what happened, why, what to do, and what to tell support. */
export function ErrorBlock({ title, cause, fix, onRetry, retrying = false, actions, reference, className }: ErrorBlockProps) {
  const t = useMessages(errorBlockMessages)
  const code = useRef<HTMLElement>(null)
  const buttons = (onRetry || actions) && (
    <>
      {onRetry && (
        <Button icon="refresh" busy={retrying} onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
      {actions}
    </>
  )
  return (
    <Callout
      tone="danger"
      live="alert"
      title={title ?? t('title')}
      actions={buttons}
      className={['tn-error-block', className].filter(Boolean).join(' ')}
    >
      {cause && <div>{cause}</div>}
      {fix && <div>{fix}</div>}
      {reference && (
        <div className="tn-reference">
          {t.rich('reference', {
            reference: (
              <code key="reference" ref={code} className="tn-code" dir="ltr">
                {reference}
              </code>
            ),
          })}
          <CopyButton value={reference} what={t('referenceName')} shownIn={code} variant="quiet" />
        </div>
      )}
    </Callout>
  )
}
