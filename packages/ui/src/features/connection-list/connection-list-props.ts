import type { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import type { ConnectionActionId } from '../../elements/connection-card/index.ts'
import type { VendorId } from '../../locales/vendor.tsx'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { ConnectionFilter, ConnectionSort } from './arrange-connections.ts'

/** What can be connected where the host does not say. */
export const ownProviders: readonly string[] = ['gmail', 'google-calendar']

export interface ConnectionListProps {
  /** What to show at all. The object form can cross from a server component. */
  filter?: ConnectionFilter
  /** Where `filter` comes from a choice of the person: takes it back. */
  onClearFilter?: () => void
  /** Default `attention`. Nothing moves while it is on screen. */
  sort?: ConnectionSort
  /** Default 25. */
  pageSize?: number
  /** Default `cards`. */
  view?: 'cards' | 'table'
  /** What to offer at all; default everything that is possible. */
  actions?: readonly ConnectionActionId[]
  /** Under each card's facts. */
  renderCardFooter?: (connection: ConnectionSummary) => ReactNode
  /** In place of the connect buttons while there is nothing. */
  emptyAction?: ReactNode
  /** What `onAdd` offers; default Gmail and Google Calendar. */
  providers?: readonly string[]
  /** Shows the host's form of a new connection; absent: no connect buttons. */
  onAdd?: (provider: string) => void
  /** Shows the host's form of a connection; absent: no "Edit". */
  onOpen?: (connection: ConnectionSummary) => void
  /** Shows the host's `<DiagnosticsReport/>`; absent: no "Run checks". */
  onDiagnose?: (connection: ConnectionSummary) => void
  /** Told of each action that a person chose, before it is done. */
  onAction?: (action: ConnectionActionId, connection: ConnectionSummary) => void
  /** Signed in again. */
  onReconnect?: (connection: ConnectionSummary) => void
  onDisconnect?: (connection: ConnectionSummary) => void
  onRemove?: (connection: ConnectionSummary) => void
  onError?: (error: TenantryError) => void
  /** Where the host shows the setup panels: one address, or one for each vendor. */
  setupHref?: string | ((vendor: VendorId) => string)
  /** Instead of `setupHref`: shows the vendor's setup panel. */
  onOpenSetup?: (vendor: VendorId) => void
  /** Default 2; each connection's name is one level below. */
  headingLevel?: 1 | 2 | 3 | 4 | 5
  className?: string
  /** One extra class per part, by `data-tn-part`. */
  classNames?: PartClassNames
}

/** What each entry of the list passes on to the host. */
export type EntryCallbacks = Pick<
  ConnectionListProps,
  'onOpen' | 'onDiagnose' | 'onAction' | 'onReconnect' | 'onDisconnect' | 'onRemove' | 'onError' | 'onOpenSetup'
>

export interface ListedConnectionProps {
  connection: ConnectionSummary
  /** Steady, so that an entry renders again only for its own news. */
  callbacks: EntryCallbacks
  actions: readonly ConnectionActionId[] | undefined
  /** Of the connection's own vendor. */
  setupHref: string | undefined
  canSetUp: boolean
  headingLevel: 1 | 2 | 3 | 4 | 5 | 6
  footer: ReactNode
}
