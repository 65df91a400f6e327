import type { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import type { Control } from 'react-hook-form'
import type { ExtraSchema } from '../../data/oauth/form-rules.ts'
import type { MessageOverrides } from '../../locales/use-messages.ts'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { CalendarDirection, CalendarFormValues } from './calendar-form-values.ts'
import type { googleCalendarProviderFormMessages } from './google-calendar-provider-form.messages.ts'

export interface GoogleCalendarProviderFormProps {
  /** The connection to show and edit, or its id; absent: a new one. Where one place shows several, give the form a `key`. */
  connection?: ConnectionSummary | string | undefined
  /** What a new form starts with. Keep its identity stable. */
  defaults?: Partial<CalendarFormValues>
  /** What the host can do; default all. With one there is nothing to choose. Keep its identity stable. */
  directions?: readonly CalendarDirection[]
  /** Where the setup panel is, for the person who may set Google up. */
  setupHref?: string | undefined
  onOpenSetup?: (() => void) | undefined
  /** The host's own fields; their values come back in the callbacks and are sent nowhere. */
  extraFields?: (context: { control: Control<CalendarFormValues> }) => ReactNode
  /** Checks all values, the host's own included. One that answers at once keeps the window within the click. */
  extraSchema?: ExtraSchema
  /**
   * After a sign-in that the server confirmed, the first and each later one, and for another calendar of the same account. After the first the
   * calendar is still to be chosen in this form: `onSave` follows.
   */
  onConnect?: (connection: ConnectionSummary, values: CalendarFormValues) => void
  onSave?: (connection: ConnectionSummary, values: CalendarFormValues) => void
  onCancel?: (() => void) | undefined
  onError?: (error: TenantryError) => void
  /** Default 2. */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined
  className?: string | undefined
  classNames?: PartClassNames | undefined
  messages?: MessageOverrides<(typeof googleCalendarProviderFormMessages)['messages']>
}
