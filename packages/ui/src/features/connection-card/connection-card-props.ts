import type { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import type { ConnectionActionId } from '../../elements/connection-card/index.ts'
import type { VendorId } from '../../locales/vendor.tsx'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'

export interface ConnectionCardProps {
  /** The connection or its id; both are kept up to date. */
  connection: ConnectionSummary | string
  /** What to offer at all; default everything that is possible. */
  actions?: readonly ConnectionActionId[]
  /** Opens the technical details. */
  expanded?: boolean
  /** Shows the host's form of it; absent: no "Edit". */
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
  /** Under the facts. */
  footer?: ReactNode
  /** Default 3. */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6
  className?: string
  /** One extra class per part, by `data-tn-part`. */
  classNames?: PartClassNames
}
