import { useRef } from 'react'
import { FailureBlock } from '../failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Dialog } from '../../parts/dialog/dialog.tsx'
import { Button } from '../../parts/button/button.tsx'
import { connectionDetailsMessages } from './connection-details.messages.ts'

export interface DisconnectDialogProps {
  address: string
  busy: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a connection is ended; the safe answer has the focus. */
export function DisconnectDialog({ address, busy, error, onConfirm, onClose }: DisconnectDialogProps) {
  const t = useMessages(connectionDetailsMessages)
  const keep = useRef<HTMLButtonElement>(null)
  const footer = (
    <>
      <Button ref={keep} onClick={onClose}>
        {t('keep')}
      </Button>
      <Button variant="danger" busy={busy} onClick={onConfirm}>
        {t('disconnect')}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('disconnectTitle', { address })}
      description={t('disconnectText')}
      footer={footer}
      initialFocus={keep}
      dismissible={!busy}
    >
      {error !== null && <FailureBlock error={error} />}
    </Dialog>
  )
}
