import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { Suspense, useState } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { connectionDetailsMessages } from './connection-details.messages.ts'
import type { ConnectionFormModel } from './connection-form-model.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// The dialog's weight is for those who disconnect.
const DisconnectDialog = lazyPart(async () => (await import('../disconnect-dialog/index.ts')).DisconnectDialog)

export interface DisconnectButtonProps {
  connection: ConnectionSummary
  model: ConnectionFormModel
}

/** Ends the connection, after asking. */
export function DisconnectButton({ connection, model }: DisconnectButtonProps) {
  const t = useMessages(connectionDetailsMessages)
  const [asking, setAsking] = useState(false)
  const { isPending, error, reset } = model.server.actions.disconnect
  const close = () => {
    reset()
    setAsking(false)
  }
  return (
    <>
      <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
        {t('disconnect')}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <DisconnectDialog
            connection={connection}
            busy={isPending}
            error={error}
            onClose={close}
            onConfirm={(input) => void model.disconnect(input)}
          />
        </Suspense>
      )}
    </>
  )
}
