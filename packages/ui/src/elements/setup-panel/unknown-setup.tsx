import { FailureBlock, toFailure } from '../failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { CardSection } from '../../parts/card/card.tsx'
import { Loading, Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { SetupFrame } from './setup-frame.tsx'
import type { SetupFrameProps } from './setup-frame.tsx'
import { setupPanelMessages } from './setup-panel.messages.ts'

export interface UnknownSetupProps {
  frame: Omit<SetupFrameProps, 'state' | 'children'>
  query: { readonly error: Error | null; readonly isPending: boolean; readonly isFetching: boolean; readonly refetch: () => unknown }
}

/** A panel whose settings are not known: not yet, not for this person, or because nobody answered. */
export function UnknownSetup({ frame, query }: UnknownSetupProps) {
  const failed = query.error && !query.isPending
  const isForbidden = failed && toFailure(query.error).code === 'forbidden'
  return (
    <SetupFrame {...frame} state={isForbidden ? 'forbidden' : failed ? 'error' : 'loading'}>
      <CardSection>
        {isForbidden ? (
          <ForbiddenSetup messages={frame.messages} />
        ) : failed ? (
          <FailureBlock error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
        ) : (
          <Loading busy skeleton={<Skeleton shape="row" count={6} />}>
            {null}
          </Loading>
        )}
      </CardSection>
    </SetupFrame>
  )
}

/** Whom to ask. */
export function ForbiddenSetup({ messages }: Pick<SetupFrameProps, 'messages'>) {
  const t = useMessages(setupPanelMessages, messages)
  return (
    <Callout tone="neutral" title={t('forbiddenTitle')}>
      {t('forbidden', { permission: t('permission') })}
    </Callout>
  )
}
