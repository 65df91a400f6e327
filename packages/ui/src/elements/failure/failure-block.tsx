import { failures } from '@tenantry/sdk/errors'
import type { ReactNode } from 'react'
import { ErrorBlock } from '../../parts/error-block/error-block.tsx'
import { MicrosoftRequestId } from './microsoft-request-id.tsx'
import { toFailure, useFailureWords } from './use-failure-words.ts'

export interface FailureBlockProps {
  /** Anything thrown. */
  error: unknown
  /** Offered only when trying again can help. */
  onRetry?: (() => void) | undefined
  /** A retry is not the same request but a new attempt of the person: it can help whatever failed, unless it is forbidden. */
  startsAnew?: boolean
  retrying?: boolean
  actions?: ReactNode
}

/** An error in words: title, cause, what to do, and the references for support. */
export function FailureBlock({ error, onRetry, startsAnew = false, retrying = false, actions }: FailureBlockProps) {
  const say = useFailureWords()
  const failure = toFailure(error)
  const { title, detail, remedy } = say(failure)
  const { code } = failure
  // Signed in again elsewhere, the same request is another one.
  const canHelp = failures[code].retryable || code === 'unauthenticated' || (startsAnew && code !== 'forbidden')
  return (
    <ErrorBlock
      title={title}
      cause={detail}
      fix={remedy}
      {...(onRetry && canHelp && { onRetry })}
      retrying={retrying}
      actions={actions}
      reference={failure.values?.['requestId']}
    >
      <MicrosoftRequestId values={failure.values} />
    </ErrorBlock>
  )
}
