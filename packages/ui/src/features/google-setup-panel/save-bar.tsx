import { FailureBlock } from '../../elements/failure/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { CardFooter, CardSection } from '../../parts/card/card.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { useSetupModel } from './setup-context.ts'

/** How saving stands: what is pending, what failed, what was saved. */
export function SaveBar() {
  const { t, isDirty, saving, discard, status, props } = useSetupModel()
  const { isSaving, outcome, failure } = saving
  const connections = status.connections.gmail + status.connections.calendar
  const saved = outcome === 'saved' || outcome === 'saved-reconnect'
  return (
    <div className="tn-setup-save">
      {saving.isConflict && <ConflictNotice />}
      {failure !== null && (
        <CardSection>
          <FailureBlock error={failure} onRetry={() => void saving.save()} retrying={isSaving} />
        </CardSection>
      )}
      {outcome === 'saved-reconnect' && (
        <CardSection>
          <Callout
            tone="warning"
            title={t('savedReconnect')}
            actions={props.onShowConnections && <Button onClick={props.onShowConnections}>{t('showConnections')}</Button>}
          >
            {t('affected', { count: connections })}
          </Callout>
        </CardSection>
      )}
      <LiveRegion>{saved && !isDirty && t(outcome === 'saved' ? 'saved' : 'savedReconnect')}</LiveRegion>
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
