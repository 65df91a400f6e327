import { useRef } from 'react'
import { FailureBlock } from '../failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Dialog } from '../../parts/dialog/dialog.tsx'
import { connectionEndingMessages } from './connection-ending.messages.ts'

export { DisconnectDialog } from '../disconnect-dialog/index.ts'

export interface RemoveDialogProps {
  name: string
  busy: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a connection is forgotten; the safe answer has the focus. */
export function RemoveDialog({ name, busy, error, onConfirm, onClose }: RemoveDialogProps) {
  const t = useMessages(connectionEndingMessages)
  const keep = useRef<HTMLButtonElement>(null)
  const footer = (
    <>
      <Button ref={keep} disabled={busy} onClick={onClose}>
        {t('keep')}
      </Button>
      <Button variant="danger" busy={busy} onClick={onConfirm}>
        {t('remove')}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.rich('title', { name })}
      description={t('text')}
      footer={footer}
      initialFocus={keep}
      dismissible={!busy}
    >
      {error !== null && <FailureBlock error={error} />}
    </Dialog>
  )
}
