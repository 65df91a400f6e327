import { useEffect, useRef } from 'react'
import { FailureBlock } from '../../elements/failure/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { CardSection } from '../../parts/card/card.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { useSetupModel } from './setup-context.ts'

/** What came of saving when there is something to do about it. It scrolls with the form, and comes into view when it appears. */
export function SaveOutcome() {
  const { t, saving, status, props } = useSetupModel()
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
            title={t('savedReconnect')}
            actions={props.onShowConnections && <Button onClick={props.onShowConnections}>{t('showConnections')}</Button>}
          >
            {t('affected', { count: status.connections.gmail + status.connections.calendar })}
          </Callout>
        </CardSection>
      )}
    </div>
  )
}
