import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useConnections } from '../../data/use-connections.ts'
import { useGoogleApp } from '../../data/use-google-app.ts'
import { useMicrosoftApp } from '../../data/use-microsoft-app.ts'
import { useStaleSince } from '../../data/use-stale-since.ts'
import { isOnHostApp } from '../../elements/provider-kind/is-on-host-app.ts'
import { kindOf } from '../../elements/provider-kind/provider-kind.ts'
import { useLanguage } from '../../locales/messages-context.ts'
import type { VendorId } from '../../locales/vendor.tsx'
import { useNow } from '../../parts/relative-time/use-now.ts'
import { applyHostFilter, applyPersonsFilter, countGroups, noPersonsFilter, sortConnections } from './arrange-connections.ts'
import type { PersonsFilter } from './arrange-connections.ts'
import { ownProviders } from './connection-list-props.ts'
import type { ConnectionListProps, EntryCallbacks } from './connection-list-props.ts'

const nothing: never[] = []

/** What the list shows: the connections, arranged, and the app under them. */
export function useConnectionList({ filter, sort = 'attention', pageSize = 25, providers = ownProviders }: ConnectionListProps) {
  const query = useConnections({}, { follow: true })
  const staleSince = useStaleSince(query)
  const now = useNow()
  const { locale } = useLanguage()
  const [wanted, setWanted] = useState<PersonsFilter>(noPersonsFilter)
  const [page, setPage] = useState(0)
  const shown = applyHostFilter(query.data ?? nothing, filter)
  const matching = applyPersonsFilter(shown, wanted, now)

  // What a person reads must not move: the order is made anew only for another selection.
  const selection = matching
    .map(({ id }) => id)
    .toSorted()
    .join(' ')
  const isMounted = now !== null
  const order = useMemo(
    () => sortConnections(matching, sort, { now, locale }).map(({ id }) => id),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [selection, sort, locale, isMounted],
  )
  const byId = new Map(matching.map((connection) => [connection.id, connection]))
  const arranged = order.flatMap((id) => byId.get(id) ?? nothing)
  const pages = Math.max(1, Math.ceil(arranged.length / pageSize))
  const at = Math.min(page, pages - 1)

  const isEmpty = query.data !== undefined && query.data.length === 0
  const [google, microsoft] = [readApp(shown, 'google'), readApp(shown, 'microsoft')]
  // Before the first connection only the host says whose app is needed.
  const isFirstOf = (vendor: VendorId) => isEmpty && providers.some((provider) => kindOf(provider).vendor === vendor)
  const googleApp = useGoogleApp({ enabled: isFirstOf('google') || google.isInTheWay }).data
  const microsoftApp = useMicrosoftApp({ enabled: isFirstOf('microsoft') || microsoft.isInTheWay }).data
  const missesGoogle = googleApp !== undefined && googleApp.missingFor.gmail.length > 0 && googleApp.missingFor.calendar.length > 0
  const missesMicrosoft = microsoftApp !== undefined && microsoftApp.missing.length > 0
  return {
    isLoading: query.isPending,
    error: query.data === undefined ? query.error : null,
    isRetrying: query.isFetching,
    retry: () => void query.refetch(),
    /** When the shown data is from, if the last refresh failed. */
    staleSince,
    hasAny: !isEmpty,
    total: shown.length,
    counts: countGroups(shown, now),
    isReadOnly: shown.length > 0 && shown.every(({ permissions }) => !Object.values(permissions).includes(true)),
    matching: arranged.length,
    visible: arranged.slice(at * pageSize, (at + 1) * pageSize),
    paging: { page: at, pages, pageSize, total: arranged.length },
    goTo: setPage,
    wanted,
    want: (next: PersonsFilter) => {
      setWanted(next)
      setPage(0)
    },
    canSetUp: (provider: string) => (kindOf(provider).vendor === 'microsoft' ? microsoftApp : googleApp)?.permissions.save ?? false,
    apps: [
      { ...google, canSetUp: googleApp?.permissions.save ?? false, isMissing: google.isMissing || (isFirstOf('google') && missesGoogle) },
      {
        ...microsoft,
        canSetUp: microsoftApp?.permissions.save ?? false,
        isMissing: microsoft.isMissing || (isFirstOf('microsoft') && missesMicrosoft),
      },
    ],
  }
}

/** What the connections say of the organization's app of a vendor. */
function readApp(shown: readonly ConnectionSummary[], vendor: VendorId) {
  const own = shown.filter((connection) => (kindOf(connection.provider).vendor ?? 'google') === vendor && !isOnHostApp(connection))
  const blocked = own.filter(({ health }) => health.status === 'blocked_by_app')
  const isMissing = own.some(({ health }) => health.status === 'not_configured')
  return {
    vendor,
    /** There is no app, so nothing can be connected or works. */
    isMissing,
    isInTheWay: isMissing || blocked.length > 0,
    blockedHealth: blocked[0]?.health ?? null,
    affected: { count: blocked.length, of: shown.length },
  }
}

export type ConnectionListModel = ReturnType<typeof useConnectionList>

const callbackNames = [
  'onOpen',
  'onDiagnose',
  'onAction',
  'onReconnect',
  'onDisconnect',
  'onRemove',
  'onError',
  'onOpenSetup',
] as const satisfies readonly (keyof EntryCallbacks)[]

/** The host's callbacks under one identity, so that an inline function does not render every entry again. */
export function useSteadyCallbacks(props: EntryCallbacks): EntryCallbacks {
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const given = callbackNames.filter((name) => props[name] !== undefined).join(' ')
  return useMemo(() => {
    const forward =
      (name: (typeof callbackNames)[number]) =>
      (...args: unknown[]): unknown =>
        (latest.current[name] as ((...args: unknown[]) => unknown) | undefined)?.(...args)
    return Object.fromEntries(
      given
        .split(' ')
        .filter(Boolean)
        .map((name) => [name, forward(name as (typeof callbackNames)[number])]),
    )
  }, [given])
}
