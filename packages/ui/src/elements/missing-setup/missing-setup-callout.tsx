import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { CopyButton } from '../../parts/copy-button/copy-button.tsx'
import { Link } from '../../parts/link/link.tsx'
import { missingSetupMessages } from './missing-setup-callout.messages.ts'

export interface MissingSetupCalloutProps {
  /** The person may set the vendor up. */
  canSetUp: boolean
  /** Where the host shows the setup panel. */
  setupHref?: string | undefined
  onOpenSetup?: (() => void) | undefined
  /** For `aria-describedby` of what is disabled because of it. */
  id?: string
}

/** Says that the vendor has no app yet, and leads whoever can act to the setup. */
export function MissingSetupCallout({ canSetUp, setupHref, onOpenSetup, id }: MissingSetupCalloutProps) {
  const t = useMessages(missingSetupMessages)
  const open = onOpenSetup ? (
    <Button variant="primary" onClick={onOpenSetup}>
      {t('open')}
    </Button>
  ) : setupHref !== undefined ? (
    <Link look="primary" href={setupHref}>
      {t('open')}
    </Link>
  ) : null
  const share =
    setupHref === undefined ? null : (
      <CopyButton value={setupHref} what={t('linkName')}>
        {t('copyLink')}
      </CopyButton>
    )
  return (
    <div id={id}>
      <Callout tone="warning" title={t('title')} actions={canSetUp ? open : share}>
        {canSetUp ? t('admin') : t('member')}
      </Callout>
    </div>
  )
}
