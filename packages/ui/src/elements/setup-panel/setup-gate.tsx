import type { ReactNode } from 'react'
import { FailureBlock, toFailure } from '../failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { CardSection } from '../../parts/card/card.tsx'
import { PartClassNamesScope } from '../../parts/environment/part-class-names.tsx'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import { Loading, Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { SetupFrame } from './setup-frame.tsx'
import type { SetupFacade } from './setup-frame.tsx'
import { setupPanelMessages } from './setup-panel.messages.ts'
import type { SetupPanelOverrides } from './setup-shell.ts'

interface UnknownSetupProps {
  frame: SetupFacade
  query: { readonly error: Error | null; readonly isPending: boolean; readonly isFetching: boolean; readonly refetch: () => unknown }
}

export interface SetupGateProps<Status> extends UnknownSetupProps {
  query: UnknownSetupProps['query'] & { readonly data: Status | undefined }
  classNames: PartClassNames | undefined
  /** The panel with everything known. */
  children: (status: Status) => ReactNode
}

/** A panel once its settings are known; until then its frame says why they are not. */
export function SetupGate<Status>({ frame, query, classNames, children }: SetupGateProps<Status>) {
  return (
    <PartClassNamesScope classNames={classNames}>
      {query.data === undefined ? <UnknownSetup frame={frame} query={query} /> : children(query.data)}
    </PartClassNamesScope>
  )
}

/** A panel whose settings are not known: not yet, not for this person, or because nobody answered. */
function UnknownSetup({ frame, query }: UnknownSetupProps) {
  const failed = query.error && !query.isPending
  const isForbidden = failed && toFailure(query.error).code === 'forbidden'
  return (
    <SetupFrame {...frame} state={isForbidden ? 'forbidden' : failed ? 'error' : 'loading'}>
      <CardSection>
        {isForbidden ? (
          <ForbiddenSetup messages={frame.options.messages} />
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
export function ForbiddenSetup({ messages }: { messages: SetupPanelOverrides | undefined }) {
  const t = useMessages(setupPanelMessages, messages)
  return (
    <Callout tone="neutral" title={t('forbiddenTitle')}>
      {t('forbidden', { permission: t('permission') })}
    </Callout>
  )
}
