import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../button/button.tsx'
import { Callout } from '../callout/callout.tsx'
import { errorBlockMessages } from './error-block.messages.ts'
import { Reference } from './reference.tsx'

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
  /** Further references, below it. */
  children?: ReactNode
  className?: string
}

/** An error: what happened, why, what to do, and what to tell support. */
export function ErrorBlock({ title, cause, fix, onRetry, retrying = false, actions, reference, children, className }: ErrorBlockProps) {
  const t = useMessages(errorBlockMessages)
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
      {reference && <Reference value={reference} what={t('referenceName')} say={(code) => t.rich('reference', { reference: code })} />}
      {children}
    </Callout>
  )
}
