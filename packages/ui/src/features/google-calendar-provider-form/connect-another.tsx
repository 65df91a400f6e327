import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { Suspense, useState } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Actions } from '../../parts/card/card.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import type { CalendarDirection, CalendarFormValues } from './calendar-form-values.ts'
import { calendarSettingsMessages } from './calendar-settings.messages.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

const ConnectAnotherDialog = lazyPart(async () => (await import('./connect-another-dialog.tsx')).ConnectAnotherDialog)

export interface ConnectAnotherProps {
  connection: ConnectionSummary
  directions: readonly CalendarDirection[] | undefined
  onConnect: ((connection: ConnectionSummary, values: CalendarFormValues) => void) | undefined
}

/** Another calendar of the same account: a connection of its own, without another sign-in. */
export function ConnectAnother({ connection, directions, onConnect }: ConnectAnotherProps) {
  const t = useMessages(calendarSettingsMessages)
  const [asking, setAsking] = useState(false)
  const [connected, setConnected] = useState<string | null>(null)
  const close = (made?: { connection: ConnectionSummary; values: CalendarFormValues }) => {
    setAsking(false)
    if (made === undefined) return
    setConnected(made.connection.name)
    onConnect?.(made.connection, made.values)
  }
  return (
    <div className="tn-connect-another">
      <Actions>
        <Button size="sm" onClick={() => setAsking(true)}>
          <span>{t.rich('another', { address: connection.address ?? connection.name })}</span>
        </Button>
      </Actions>
      <LiveRegion hidden={false}>{connected !== null && t.rich('anotherDone', { name: connected })}</LiveRegion>
      {asking && (
        <Suspense fallback={null}>
          <ConnectAnotherDialog connection={connection} directions={directions} onClose={close} />
        </Suspense>
      )}
    </div>
  )
}
