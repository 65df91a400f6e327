import { lazy, Suspense, useState } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { connectionDetailsMessages } from './connection-details.messages.ts'

// The dialog's weight is for those who disconnect.
const DisconnectDialog = lazy(async () => ({ default: (await import('./disconnect-dialog.tsx')).DisconnectDialog }))

export interface DisconnectButtonProps {
  address: string
  busy: boolean
  error: Error | null
  onDisconnect: () => Promise<void>
}

/** Ends the connection, after asking. */
export function DisconnectButton({ onDisconnect, ...dialog }: DisconnectButtonProps) {
  const t = useMessages(connectionDetailsMessages)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
        {t('disconnect')}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <DisconnectDialog {...dialog} onClose={() => setAsking(false)} onConfirm={() => void onDisconnect()} />
        </Suspense>
      )}
    </>
  )
}
