import { useEffect, useRef } from 'react'
import { FailureBlock } from '../failure/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { CardSection } from '../../parts/card/card.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { useSetupShell, useSetupTexts } from './setup-shell.ts'

/** What came of saving when there is something to do about it. It scrolls with the form, and comes into view when it appears. */
export function SaveOutcome() {
  const { saving, savedReconnect, connections, onShowConnections } = useSetupShell()
  const t = useSetupTexts()
  const { isSaving, isConflict, outcome, failure } = saving
  const frame = useRef<HTMLDivElement>(null)
  const mustReconnect = outcome === 'saved-reconnect'
  useEffect(() => {
    // Not every environment of a host's tests can scroll.
    if (isConflict || failure !== null || mustReconnect) frame.current?.scrollIntoView?.({ block: 'nearest' })
  }, [isConflict, failure, mustReconnect])
  return (
    <div ref={frame} className="tn-setup-outcome">
      {isConflict && <ConflictNotice />}
      {failure !== null && (
        <CardSection>
          <FailureBlock error={failure} onRetry={() => void saving.save()} retrying={isSaving} />
        </CardSection>
      )}
      {mustReconnect && (
        <CardSection>
          <Callout
            tone="warning"
            title={savedReconnect}
            actions={onShowConnections && <Button onClick={onShowConnections}>{t('showConnections')}</Button>}
          >
            {t('affected', { count: connections })}
          </Callout>
        </CardSection>
      )}
    </div>
  )
}
