import type { ReactNode } from 'react'
import { ErrorBlock } from '../../parts/error-block/error-block.tsx'
import { toFailure, useFailureWords } from './use-failure-words.ts'

export interface FailureBlockProps {
  /** Anything thrown. */
  error: unknown
  onRetry?: (() => void) | undefined
  retrying?: boolean
  actions?: ReactNode
}

/** An error in words: title, cause, what to do, and the reference for support. */
export function FailureBlock({ error, onRetry, retrying = false, actions }: FailureBlockProps) {
  const say = useFailureWords()
  const failure = toFailure(error)
  const { title, detail, remedy } = say(failure)
  return (
    <ErrorBlock
      title={title}
      cause={detail}
      fix={remedy}
      {...(onRetry && { onRetry })}
      retrying={retrying}
      actions={actions}
      reference={failure.values?.['requestId']}
    />
  )
}
