import type { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import type { Control } from 'react-hook-form'
import type { ExtraSchema } from '../../data/oauth/form-rules.ts'
import type { MessageOverrides } from '../../locales/use-messages.ts'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { GmailFormValues } from './gmail-form-values.ts'
import type { gmailProviderFormMessages } from './gmail-provider-form.messages.ts'

export interface GmailProviderFormProps {
  /** The connection to show and edit, or its id; absent: a new one. Where one place shows several, give the form a `key`. */
  connection?: ConnectionSummary | string | undefined
  /** What a new form starts with. Keep its identity stable. */
  defaults?: Partial<GmailFormValues>
  /** Where the setup panel is, for the person who may set Google up. */
  setupHref?: string | undefined
  onOpenSetup?: (() => void) | undefined
  /** Default: all are shown. A hidden name is the address. */
  fields?: Partial<Record<'name' | 'labels', 'show' | 'hide' | 'readonly'>>
  /** The host's own fields; their values come back in the callbacks and are sent nowhere. */
  extraFields?: (context: { control: Control<GmailFormValues> }) => ReactNode
  /** Checks all values, the host's own included. One that answers at once keeps the window within the click. */
  extraSchema?: ExtraSchema
  /** After a sign-in that the server confirmed, the first and each later one. */
  onConnect?: (connection: ConnectionSummary, values: GmailFormValues) => void
  onSave?: (connection: ConnectionSummary, values: GmailFormValues) => void
  onCancel?: (() => void) | undefined
  onError?: (error: TenantryError) => void
  /** Shows the connection that already serves the typed mailbox. */
  onOpenExisting?: (connection: ConnectionSummary) => void
  /** Default 2. */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined
  className?: string | undefined
  classNames?: PartClassNames | undefined
  messages?: MessageOverrides<(typeof gmailProviderFormMessages)['messages']>
}
