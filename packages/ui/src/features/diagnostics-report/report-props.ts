import type { CheckId, CheckReport, FixId } from '@tenantry/sdk/wire'
import type { MessageOverrides } from '../../locales/use-messages.ts'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { diagnosticsReportMessages } from './diagnostics-report.messages.ts'

export interface DiagnosticsReportProps {
  /** The tenant's own Google app, or one connection. */
  scope: 'setup' | { readonly connectionId: string }
  /** Runs the checks once it is on screen. */
  autoRun?: boolean
  /** Shows this report and asks the server nothing. */
  report?: CheckReport
  /** Only these checks; default all that apply. */
  checks?: readonly CheckId[]
  /** After each whole run. */
  onFinish?: (report: CheckReport) => void
  /** What only a person can do: `reconnect`, `open_setup`, `edit_labels`, `choose_calendar`. Without it these have no button. */
  onFix?: (checkId: CheckId, fix: FixId) => void
  /** Offers the facts as JSON for whoever helps. Default true; a given `report` has none. */
  showSupportBundle?: boolean
  /** `identifiers` (default): names in addresses are hashed unless the person ticks a box. `strict`: there is no such box. */
  redact?: 'strict' | 'identifiers'
  /** Default 2. */
  headingLevel?: 1 | 2 | 3 | 4
  id?: string
  className?: string
  /** One class per part. */
  classNames?: PartClassNames
  messages?: MessageOverrides<(typeof diagnosticsReportMessages)['messages']>
}
