import { useRef } from 'react'
import type { GoogleSetup } from '../../data/use-google-setup.ts'
import { useGoogleSetup } from '../../data/use-google-setup.ts'
import { FailureBlock, toFailure } from '../../elements/failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { CardSection } from '../../parts/card/card.tsx'
import { Loading, Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { PartClassNamesScope } from '../../parts/environment/part-class-names.tsx'
import { useSetupPanel } from './google-setup-panel.controller.ts'
import { googleSetupPanelMessages } from './google-setup-panel.messages.ts'
import { GoogleSetupPanelView } from './google-setup-panel.view.tsx'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import { ResetGate } from './reset-gate.tsx'
import { SetupContext } from './setup-context.ts'
import { SetupFrame } from './setup-frame.tsx'

/** The panel in which a tenant's admin adds the organization's own Google app, step by step. */
export function GoogleSetupPanel(props: GoogleSetupPanelProps) {
  const setup = useGoogleSetup()
  return (
    <PartClassNamesScope classNames={props.classNames}>
      {setup.query.data ? (
        <KnownSetup props={props} setup={setup} status={setup.query.data} />
      ) : (
        <UnknownSetup props={props} setup={setup} />
      )}
    </PartClassNamesScope>
  )
}

function UnknownSetup({ props, setup }: { props: GoogleSetupPanelProps; setup: GoogleSetup }) {
  const t = useMessages(googleSetupPanelMessages, props.messages)
  const { query } = setup
  const failed = query.error && !query.isPending
  const isForbidden = failed && toFailure(query.error).code === 'forbidden'
  return (
    <SetupFrame props={props} t={t} state={isForbidden ? 'forbidden' : failed ? 'error' : 'loading'}>
      <CardSection>
        {isForbidden ? (
          <Callout tone="neutral" title={t('forbiddenTitle')}>
            {t('forbidden', { permission: t('permission') })}
          </Callout>
        ) : failed ? (
          <FailureBlock error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
        ) : (
          <Loading busy skeleton={<Skeleton shape="row" count={6} />}>
            {null}
          </Loading>
        )}
      </CardSection>
    </SetupFrame>
  )
}

interface KnownSetupProps {
  props: GoogleSetupPanelProps
  setup: GoogleSetup
  status: NonNullable<GoogleSetup['query']['data']>
}

function KnownSetup({ props, setup, status }: KnownSetupProps) {
  const frame = useRef<HTMLFormElement>(null)
  const { model, resetView, closeReset } = useSetupPanel(props, setup, status, frame)
  return (
    <SetupContext.Provider value={model}>
      <GoogleSetupPanelView frame={frame} />
      <ResetGate view={resetView} reset={setup.reset} onClose={closeReset} />
    </SetupContext.Provider>
  )
}
