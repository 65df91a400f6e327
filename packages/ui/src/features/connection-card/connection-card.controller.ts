import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useConnection } from '../../data/use-connection.ts'
import { useConnectionCommands } from '../../data/use-connection-commands.ts'
import type { ConnectionCommandsOptions } from '../../data/use-connection-commands.ts'
import { useGoogleApp } from '../../data/use-google-app.ts'
import { useMicrosoftApp } from '../../data/use-microsoft-app.ts'
import { useStaleSince } from '../../data/use-stale-since.ts'
import { kindOf } from '../../elements/provider-kind/provider-kind.ts'

/** A connection that is kept up to date, from the start with what the host has of it. */
export function useConnectionSource(given: ConnectionSummary | string) {
  const id = typeof given === 'string' ? given : given.id
  const query = useConnection(id)
  const { data, error, isFetching, refetch } = query
  const staleSince = useStaleSince(query)
  const connection = newest(data, typeof given === 'string' ? undefined : given)
  return {
    connection,
    error: connection === undefined ? error : null,
    isRetrying: isFetching,
    retry: () => void refetch(),
    /** When the shown data is from, if the last refresh failed. */
    staleSince,
  }
}

function newest(read: ConnectionSummary | undefined, given: ConnectionSummary | undefined): ConnectionSummary | undefined {
  if (read === undefined || given === undefined) return read ?? given
  return read.version >= given.version ? read : given
}

/** What the card of a loaded connection does, and whether the person may mend the app under it. */
export function useLoadedConnection(options: Omit<ConnectionCommandsOptions, 'component'>) {
  const { health, provider } = options.connection
  const isAboutApp = health.status === 'blocked_by_app' || health.status === 'not_configured'
  const isMicrosofts = kindOf(provider).vendor === 'microsoft'
  const google = useGoogleApp({ enabled: isAboutApp && !isMicrosofts }).data
  const microsoft = useMicrosoftApp({ enabled: isAboutApp && isMicrosofts }).data
  const model = useConnectionCommands({ ...options, component: 'connection-card' })
  return { model, canSetUp: (isMicrosofts ? microsoft : google)?.permissions.save ?? false }
}
