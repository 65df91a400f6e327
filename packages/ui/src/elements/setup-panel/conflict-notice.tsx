import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { CardSection } from '../../parts/card/card.tsx'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { useSetupShell, useSetupTexts } from './setup-shell.ts'

/** Newer settings of somebody else: the person decides; what was typed stays until then. */
export function ConflictNotice() {
  const { saving, newest } = useSetupShell()
  const t = useSetupTexts()
  return (
    <CardSection>
      <Callout
        tone="warning"
        live="alert"
        title={t('conflictTitle')}
        actions={
          <>
            <Button icon="refresh" onClick={() => void saving.reload(false)}>
              {t('reload')}
            </Button>
            <Button variant="quiet" onClick={() => void saving.reload(true)}>
              {t('keepText')}
            </Button>
          </>
        }
      >
        {newest ? t.rich('conflictBy', { person: newest.person, when: <RelativeTime iso={newest.at} /> }) : t('conflict')}
      </Callout>
    </CardSection>
  )
}
