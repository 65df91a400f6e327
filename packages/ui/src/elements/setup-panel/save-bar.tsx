import { Button } from '../../parts/button/button.tsx'
import { CardFooter } from '../../parts/card/card.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { useSetupShell, useSetupTexts } from './setup-shell.ts'

/** What is pending and what was saved: it stays in view, so it holds one row and nothing else. */
export function SaveBar() {
  const { isDirty, saving, discard, savedReconnect } = useSetupShell()
  const t = useSetupTexts()
  const { isSaving, outcome } = saving
  const saved = outcome === 'saved' || outcome === 'saved-reconnect'
  return (
    <div className="tn-setup-save">
      <LiveRegion>{saved && !isDirty && (outcome === 'saved' ? t('saved') : savedReconnect)}</LiveRegion>
      {(isDirty || isSaving) && (
        <CardFooter note={outcome === 'invalid' ? t('saveFailed') : t('unsaved')}>
          <Button variant="quiet" disabled={isSaving} onClick={discard}>
            {t('discard')}
          </Button>
          <Button variant="primary" type="submit" busy={isSaving}>
            {t('save')}
          </Button>
        </CardFooter>
      )}
      {!isDirty && !isSaving && outcome === 'saved' && <CardFooter note={t('saved')}>{null}</CardFooter>}
    </div>
  )
}
