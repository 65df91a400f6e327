import { isTenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useEffect, useState } from 'react'
import { isSettingUp } from '../is-setting-up.ts'
import { useConnection } from '../use-connection.ts'
import { useConnectionActions } from '../use-connection-actions.ts'
import { useGoogleSetup } from '../use-google-setup.ts'
import { useOAuthConnect } from '../use-oauth-connect.ts'

const SETTING_UP_MS = 2_000

export interface ProviderConnectionOptions {
  provider: string
  service: 'gmail' | 'calendar'
  /** The connection or its id; absent: a new one. */
  connection: ConnectionSummary | string | undefined
}

/** All that a provider's form needs from the server: the app's setup, the connection, the sign-in and the actions. */
export function useProviderConnection({ provider, service, connection: given }: ProviderConnectionOptions) {
  const [connectedId, setConnectedId] = useState<string>()
  const givenId = typeof given === 'object' ? given.id : given
  const id = givenId ?? connectedId
  const setupQuery = useGoogleSetup().query
  const query = useConnection(id)
  const signIn = useOAuthConnect({ provider, connectionId: id })
  const actions = useConnectionActions(id ?? '')
  const connected = signIn.status === 'done' ? (signIn.flow?.connectionId ?? undefined) : undefined
  if (connected !== undefined && connected !== connectedId) setConnectedId(connected)
  const connection = query.data ?? (typeof given === 'object' ? given : undefined)

  const { refetch: readSetup } = setupQuery
  const appMissing = isTenantryError(signIn.error) && signIn.error.code === 'google_not_configured'
  useEffect(() => {
    if (appMissing) void readSetup()
  }, [appMissing, readSetup])

  const { refetch: readConnection } = query
  const isFollowed = connection !== undefined && isSettingUp(connection)
  useEffect(() => {
    if (!isFollowed) return
    const timer = setInterval(() => void readConnection(), SETTING_UP_MS)
    return () => clearInterval(timer)
  }, [isFollowed, readConnection])

  const app = setupQuery.data
  const mayNotRead = isTenantryError(setupQuery.error) && setupQuery.error.code === 'forbidden'
  const isMissing = appMissing || (app?.missingFor[service].length ?? 0) > 0
  const loadError = connection === undefined ? (query.error ?? (app === undefined && !mayNotRead ? setupQuery.error : null)) : null
  return {
    id,
    app,
    setup: isMissing ? ('missing' as const) : app === undefined ? ('unknown' as const) : ('ready' as const),
    canSetUp: app?.permissions.save ?? false,
    connection,
    isLoading: connection === undefined && (setupQuery.isPending || (id !== undefined && query.isPending)) && loadError === null,
    isRefreshing: query.isFetching,
    loadError,
    retryLoad: () => {
      void readSetup()
      if (id !== undefined) void readConnection()
    },
    /** When the shown data is from, if the last refresh failed. */
    staleSince: query.isRefetchError ? new Date(query.dataUpdatedAt).toISOString() : null,
    signIn,
    actions,
  }
}
