import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { GmailProviderForm } from '@tenantry/ui/gmail-provider-form'
import { GoogleCalendarProviderForm } from '@tenantry/ui/google-calendar-provider-form'
import { MicrosoftSharedMailboxForm } from '@tenantry/ui/microsoft-shared-mailbox-form'
import type { Session } from '../../server/create-api.ts'
import { connectable } from './connectable.ts'
import { setupHref } from './setup-anchor.ts'

interface ConnectionFormProps {
  /** A provider, for a new connection, or a connection's id. */
  open: string
  connections: readonly ConnectionSummary[] | undefined
  may: Session['may']
  onOpen: (open: string | null) => void
}

/** The form of what is open, if there is such a thing and the person may have it. */
export function ConnectionForm({ open, connections, may, onOpen }: ConnectionFormProps) {
  const connection = connections?.find(({ id }) => id === open)
  const provider = connection?.provider ?? open
  const isAllowed = connection?.permissions.update ?? connectable(may).includes(provider)
  if (!isAllowed) return null
  const props = { connection, onCancel: () => onOpen(null) }
  const google = { ...props, setupHref: setupHref('google') }
  if (provider === 'gmail') return <GmailProviderForm {...google} onOpenExisting={({ id }) => onOpen(id)} />
  if (provider === 'google-calendar') return <GoogleCalendarProviderForm {...google} />
  if (provider === 'microsoft-shared-mailbox') return <MicrosoftSharedMailboxForm {...props} setupHref={setupHref('microsoft')} />
  return null
}
