import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { PartClassNamesScope } from '../../parts/environment/part-class-names.tsx'
import { useConnectionSource, useLoadedConnection } from './connection-card.controller.ts'
import type { ConnectionCardProps } from './connection-card-props.ts'
import { ConnectionCardView, UnreadCard } from './connection-card.view.tsx'

/** One connection: how it does, what it brings, and the one thing to do about it. Keeps itself up to date. */
export function ConnectionCard(props: ConnectionCardProps) {
  const source = useConnectionSource(props.connection)
  const { connection, error, isRetrying, retry, staleSince } = source
  return (
    <PartClassNamesScope classNames={props.classNames}>
      {connection === undefined ? (
        <UnreadCard error={error} retrying={isRetrying} onRetry={retry} className={props.className} />
      ) : (
        <LoadedCard key={connection.id} {...props} connection={connection} staleSince={staleSince} />
      )}
    </PartClassNamesScope>
  )
}

type LoadedCardProps = Omit<ConnectionCardProps, 'connection'> & { connection: ConnectionSummary; staleSince: string | null }

function LoadedCard(props: LoadedCardProps) {
  const { model, canSetUp } = useLoadedConnection(props)
  const { connection, staleSince, actions, expanded, onOpen, onDiagnose, onAction, setupHref, onOpenSetup, footer, className } = props
  return (
    <ConnectionCardView
      connection={connection}
      model={model}
      canSetUp={canSetUp}
      staleSince={staleSince}
      headingLevel={props.headingLevel ?? 3}
      {...{ actions, expanded, onOpen, onDiagnose, onAction, setupHref, onOpenSetup, footer, className }}
    />
  )
}
