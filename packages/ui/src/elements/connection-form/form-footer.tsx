import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { CardFooter } from '../../parts/card/card.tsx'
import type { ConnectionFormModel } from './connection-form-model.ts'
import { connectionFormMessages } from './connection-form.messages.ts'
import { isEstablished } from './form-phase.ts'
import type { FormPhase } from './form-phase.ts'

export interface FormFooterProps {
  model: ConnectionFormModel
  phase: FormPhase
  /** The provider's own words for the button that starts a sign-in. */
  connect: string | undefined
  onCancel: (() => void) | undefined
}

const phasesWithOwnPrimary: readonly FormPhase[] = ['needs-reauth', 'blocked-by-app', 'error', 'paused']

/** What can be done with the form as it stands: one primary action, here or in the notice above. */
export function FormFooter({ model, phase, connect, onCancel }: FormFooterProps) {
  const t = useMessages(connectionFormMessages)
  const { connection, actions, setup } = model.server
  const isSigningIn = phase === 'opening' || phase === 'waiting'
  const cancel = onCancel && !isSigningIn && (
    <Button variant="quiet" onClick={onCancel}>
      {t('cancel')}
    </Button>
  )
  if (connection === undefined) {
    return (
      <CardFooter>
        {cancel}
        <Button
          type="submit"
          variant={setup === 'missing' ? 'secondary' : 'primary'}
          disabled={setup === 'missing'}
          {...(isSigningIn && { icon: 'spinner' as const, 'aria-busy': true })}
        >
          {connect ?? t('connect')}
        </Button>
      </CardFooter>
    )
  }
  if (!isEstablished(connection) || !connection.permissions.update) return cancel ? <CardFooter>{cancel}</CardFooter> : null
  const isSaving = actions.update.isPending
  return (
    <CardFooter note={phase === 'choosing' ? null : model.isDirty ? t('unsaved') : model.isSaved && t('saved')}>
      {cancel}
      <Button
        type="submit"
        variant={model.isDirty && !phasesWithOwnPrimary.includes(phase) ? 'primary' : 'secondary'}
        busy={isSaving}
        disabled={!model.isDirty && !isSaving}
      >
        {model.needsSignIn ? (connect ?? t('connect')) : t(phase === 'choosing' ? 'saveChoice' : 'save')}
      </Button>
    </CardFooter>
  )
}
