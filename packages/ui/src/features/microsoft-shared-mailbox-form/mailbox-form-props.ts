import type { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { MessageOverrides } from '../../locales/use-messages.ts'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { mailboxChoicesMessages } from './mailbox-choices.messages.ts'
import type { SharedMailboxValues } from './mailbox-form-values.ts'
import type { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'
import type { MsTransport } from './transport.ts'

export interface MicrosoftSharedMailboxFormProps {
  /**
   * Ways to send and receive, in the order of the screen; default the three presets, and under "Advanced" `graph_imap` and `graph_webhook`, all as far as
   * the server offers them. Given, it alone decides; what a connection has is shown all the same. Keep its identity stable.
   */
  transports?: readonly MsTransport[]
  /** Name of the host's mail API; default as the server calls it. */
  relayName?: string
  /** Where an administrator approves the organization's own app; default the server's own link. The host's app always has the server's. */
  adminConsentUrl?: string
  /** The connection to show and edit, or its id; absent: a new one. Where one place shows several, give the form a `key`. */
  connection?: ConnectionSummary | string | undefined
  /** What a new form starts with; its `app` is `own` unless given. Keep its identity stable. */
  defaults?: Partial<SharedMailboxValues>
  /** Where the setup panel is, for the person who may set Microsoft up. */
  setupHref?: string | undefined
  onOpenSetup?: (() => void) | undefined
  /** After a sign-in that the server confirmed, the first and each later one. */
  onConnect?: (connection: ConnectionSummary, values: SharedMailboxValues) => void
  onSave?: (connection: ConnectionSummary, values: SharedMailboxValues) => void
  onCancel?: (() => void) | undefined
  onError?: (error: TenantryError) => void
  /** Default 2. */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined
  className?: string | undefined
  classNames?: PartClassNames | undefined
  messages?: MessageOverrides<(typeof microsoftSharedMailboxFormMessages)['messages'] & (typeof mailboxChoicesMessages)['messages']>
}
