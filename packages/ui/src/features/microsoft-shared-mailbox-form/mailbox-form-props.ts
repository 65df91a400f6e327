import type { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { MessageOverrides } from '../../locales/use-messages.ts'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { SharedMailboxValues } from './mailbox-form-values.ts'
import type { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'
import type { MsTransport } from './transport.ts'

export interface MicrosoftSharedMailboxFormProps {
  /** Ways to send and receive, in the order of the screen; default all that the server offers. Keep its identity stable. */
  transports?: readonly MsTransport[]
  /** Name of the host's mail API; default as the server calls it. */
  relayName?: string
  /** Where an administrator approves the app; default the server's own link. */
  adminConsentUrl?: string
  /** The connection to show and edit, or its id; absent: a new one. Where one place shows several, give the form a `key`. */
  connection?: ConnectionSummary | string | undefined
  /** What a new form starts with. Keep its identity stable. */
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
  messages?: MessageOverrides<(typeof microsoftSharedMailboxFormMessages)['messages']>
}
