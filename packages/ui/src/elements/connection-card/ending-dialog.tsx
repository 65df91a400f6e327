import { useRef } from 'react'
import { FailureBlock } from '../failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Dialog } from '../../parts/dialog/dialog.tsx'
import { connectionEndingMessages } from './connection-ending.messages.ts'

export interface EndingDialogProps {
  ending: 'disconnect' | 'remove'
  name: string
  busy: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a connection is ended or forgotten; the safe answer has the focus. */
export function EndingDialog({ ending, name, busy, error, onConfirm, onClose }: EndingDialogProps) {
  const t = useMessages(connectionEndingMessages)
  const keep = useRef<HTMLButtonElement>(null)
  const ends = ending === 'disconnect'
  const footer = (
    <>
      <Button ref={keep} onClick={onClose}>
        {t(ends ? 'keep' : 'keepEntry')}
      </Button>
      <Button variant="danger" busy={busy} onClick={onConfirm}>
        {t(ending)}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(ends ? 'disconnectTitle' : 'removeTitle', { name })}
      description={ends ? `${t('disconnectText')} ${t('revokeText')}` : t('removeText')}
      footer={footer}
      initialFocus={keep}
      dismissible={!busy}
    >
      {error !== null && <FailureBlock error={error} />}
    </Dialog>
  )
}
