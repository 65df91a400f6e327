import type { ConnectionSummary, DisconnectInput } from '@tenantry/sdk/wire'
import { useRef, useState } from 'react'
import { FailureBlock } from '../failure/index.ts'
import { addressOf } from '../provider-kind/address-of.ts'
import { kindOf } from '../provider-kind/provider-kind.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Checkbox } from '../../parts/checkbox/checkbox.tsx'
import { Dialog } from '../../parts/dialog/dialog.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { disconnectDialogMessages } from './disconnect-dialog.messages.ts'

export interface DisconnectDialogProps {
  connection: Pick<ConnectionSummary, 'name' | 'address' | 'provider' | 'settings' | 'sharesSignIn'>
  busy: boolean
  error: Error | null
  onConfirm: (input: Required<DisconnectInput>) => void
  onClose: () => void
}

/** Asks before a connection is ended, and whether the access goes from the account as well; the safe answer has the focus. */
export function DisconnectDialog({ connection, busy, error, onConfirm, onClose }: DisconnectDialogProps) {
  const t = useMessages(disconnectDialogMessages)
  const keep = useRef<HTMLButtonElement>(null)
  const [isWanted, setWanted] = useState(true)
  const { name, provider, sharesSignIn } = connection
  const { brings, vendor } = kindOf(provider)
  // Google knows one access for all connections of an account.
  const revoke = isWanted && !sharesSignIn
  const footer = (
    <>
      <Button ref={keep} disabled={busy} onClick={onClose}>
        {t('keep')}
      </Button>
      <Button variant="danger" busy={busy} onClick={() => onConfirm({ revoke })}>
        {t('disconnect')}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.rich('title', { name: addressOf(connection) ?? name })}
      description={t(brings === 'mail' ? 'mailText' : 'calendarText')}
      footer={footer}
      initialFocus={keep}
      dismissible={!busy}
    >
      {/* Microsoft lets nobody but its own administrators and the person take an access back. */}
      {vendor !== 'microsoft' && (
        <Checkbox
          label={t('revoke')}
          description={sharesSignIn && t('shared')}
          checked={revoke}
          disabled={busy || sharesSignIn}
          onChange={(event) => setWanted(event.target.checked)}
        />
      )}
      {error !== null && <FailureBlock error={error} />}
      <LiveRegion>{busy && t('running')}</LiveRegion>
    </Dialog>
  )
}
