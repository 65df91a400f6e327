import { isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useEffect, useState } from 'react'
import { isSettingUp } from '../is-setting-up.ts'
import { useConnection } from '../use-connection.ts'
import { useFormActions } from '../use-form-actions.ts'
import { useSignIn } from '../use-sign-in.ts'

const SETTING_UP_MS = 2_000

/** The tenant's own app as a provider's form needs it. */
export interface ProviderApp<Status> {
  readonly query: {
    readonly data: Status | undefined
    readonly error: Error | null
    readonly isPending: boolean
    readonly refetch: () => unknown
  }
  /** Something is not set up that this provider needs. */
  readonly isMissing: boolean
  readonly canSetUp: boolean
  /** What a sign-in answers when the app is not there. */
  readonly missingCode: ErrorCode
}

export interface ProviderConnectionOptions<App> {
  provider: string
  app: ProviderApp<App>
  /** The connection or its id; absent: a new one. */
  connection: ConnectionSummary | string | undefined
}

/** All that a provider's form needs from the server: the app's setup, the connection, the sign-in and the actions. */
export function useProviderConnection<App>({ provider, app: own, connection: given }: ProviderConnectionOptions<App>) {
  const [connectedId, setConnectedId] = useState<string>()
  const givenId = typeof given === 'object' ? given.id : given
  const id = givenId ?? connectedId
  const setupQuery = own.query
  const query = useConnection(id)
  const signIn = useSignIn({ provider, connectionId: id })
  const actions = useFormActions(id ?? '')
  const connected = signIn.status === 'done' ? (signIn.flow?.connectionId ?? undefined) : undefined
  if (connected !== undefined && connected !== connectedId) setConnectedId(connected)
  const connection = query.data ?? (typeof given === 'object' ? given : undefined)

  const { refetch: readSetup } = setupQuery
  const appMissing = isTenantryError(signIn.error) && signIn.error.code === own.missingCode
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
  const isMissing = appMissing || own.isMissing
  const loadError = connection === undefined ? (query.error ?? (app === undefined && !mayNotRead ? setupQuery.error : null)) : null
  return {
    id,
    app,
    setup: isMissing ? ('missing' as const) : app === undefined ? ('unknown' as const) : ('ready' as const),
    canSetUp: own.canSetUp,
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
