import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Link } from '../../parts/link/link.tsx'
import type { SetupWay } from './connection-form-model.ts'
import { connectionDetailsMessages } from './connection-details.messages.ts'

export interface SetupButtonProps extends SetupWay {
  variant?: 'primary' | 'secondary'
}

/** Leads to the setup panel in the host's way; nothing where the host gave none. */
export function SetupButton({ variant = 'secondary', setupHref, onOpenSetup }: SetupButtonProps) {
  const t = useMessages(connectionDetailsMessages)
  if (onOpenSetup) {
    return (
      <Button variant={variant} onClick={onOpenSetup}>
        {t('openSetup')}
      </Button>
    )
  }
  if (setupHref === undefined) return null
  return (
    <Link look={variant} href={setupHref}>
      {t('openSetup')}
    </Link>
  )
}
