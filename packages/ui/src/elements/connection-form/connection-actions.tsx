import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { connectionDetailsMessages } from './connection-details.messages.ts'
import type { ConnectionFormModel } from './connection-form-model.ts'
import { DisconnectButton } from './disconnect-button.tsx'
import type { FormPhase } from './form-phase.ts'

export interface ConnectionActionsProps {
  model: ConnectionFormModel
  connection: ConnectionSummary
  phase: FormPhase
  extra: ReactNode
}

/** What can be done with a live connection besides editing it. */
export function ConnectionActions({ model, connection, phase, extra }: ConnectionActionsProps) {
  const t = useMessages(connectionDetailsMessages)
  const { permissions } = connection
  const isSigningIn = phase === 'opening' || phase === 'waiting'
  // Where the sign-in has ended the notice above offers it; while it is set up there is nothing to repeat.
  const offersReconnect = permissions.reconnect && phase !== 'needs-reauth' && phase !== 'setting-up'
  if (!offersReconnect && !permissions.disconnect) return null
  return (
    <Actions>
      {offersReconnect && (
        <Button size="sm" onClick={() => model.reconnect()} {...(isSigningIn && { icon: 'spinner' as const, 'aria-busy': true })}>
          {t('reconnect')}
        </Button>
      )}
      {extra}
      {permissions.disconnect && <DisconnectButton connection={connection} model={model} />}
    </Actions>
  )
}
