import { Suspense, useId } from 'react'
import { connectionCardMessages, ConnectionEntry } from '../../elements/connection-card/index.ts'
import type { ConnectionEntryProps } from '../../elements/connection-card/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { Root } from '../../parts/root/root.tsx'
import { Loading, Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { Text } from '../../parts/text/text.tsx'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// A card that can be read needs none.
const FailureBlock = lazyPart(async () => (await import('../../elements/failure/failure-block.tsx')).FailureBlock)

export interface ConnectionCardViewProps extends Omit<ConnectionEntryProps, 'headingId' | 'appNoticeIsAbove'> {
  /** When the data is from, if it could not be refreshed. */
  staleSince: string | null
  className?: string | undefined
}

/** One connection in a frame of its own. */
export function ConnectionCardView({ staleSince, className, footer, ...entry }: ConnectionCardViewProps) {
  const t = useMessages(connectionCardMessages)
  const headingId = useId()
  const stale = staleSince !== null && (
    <Text size="meta" tone="muted">
      {t.rich('stale', { time: <RelativeTime key="time" iso={staleSince} /> })}
    </Text>
  )
  return (
    <Root
      part="connection-card"
      as="section"
      className={joinClasses(className)}
      aria-labelledby={headingId}
      data-state={staleSince === null ? 'ready' : 'stale'}
    >
      <ConnectionEntry
        {...entry}
        headingId={headingId}
        footer={
          <>
            {stale}
            {footer}
          </>
        }
      />
    </Root>
  )
}

export interface UnreadCardProps {
  error: Error | null
  retrying: boolean
  onRetry: () => void
  className?: string | undefined
}

/** The card before its connection is there, or instead of it. */
export function UnreadCard({ error, retrying, onRetry, className }: UnreadCardProps) {
  return (
    <Root part="connection-card" as="section" className={joinClasses(className)} data-state={error === null ? 'loading' : 'error'}>
      <div className="tn-connection-entry">
        <Loading busy={error === null} skeleton={<Skeleton shape="row" count={3} />}>
          <Suspense fallback={<Skeleton shape="block" />}>
            <FailureBlock error={error} onRetry={onRetry} retrying={retrying} />
          </Suspense>
        </Loading>
      </div>
    </Root>
  )
}

function joinClasses(className: string | undefined): string {
  return ['tn-card', className].filter(Boolean).join(' ')
}
