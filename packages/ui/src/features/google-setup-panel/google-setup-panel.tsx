import { useRef } from 'react'
import type { GoogleSetup } from '../../data/use-google-setup.ts'
import { useGoogleSetup } from '../../data/use-google-setup.ts'
import { ResetGate, SetupShellContext, UnknownSetup } from '../../elements/setup-panel/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { PartClassNamesScope } from '../../parts/environment/part-class-names.tsx'
import { frameOf } from './frame-of.ts'
import { useSetupPanel } from './google-setup-panel.controller.ts'
import { googleSetupPanelMessages } from './google-setup-panel.messages.ts'
import { GoogleSetupPanelView } from './google-setup-panel.view.tsx'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import { SetupContext } from './setup-context.ts'

/** The panel in which a tenant's admin adds the organization's own Google app, step by step. */
export function GoogleSetupPanel(props: GoogleSetupPanelProps) {
  const setup = useGoogleSetup()
  const t = useMessages(googleSetupPanelMessages, props.messages)
  return (
    <PartClassNamesScope classNames={props.classNames}>
      {setup.query.data ? (
        <KnownSetup props={props} setup={setup} status={setup.query.data} />
      ) : (
        <UnknownSetup frame={frameOf(props, t)} query={setup.query} />
      )}
    </PartClassNamesScope>
  )
}

interface KnownSetupProps {
  props: GoogleSetupPanelProps
  setup: GoogleSetup
  status: NonNullable<GoogleSetup['query']['data']>
}

function KnownSetup({ props, setup, status }: KnownSetupProps) {
  const frame = useRef<HTMLFormElement>(null)
  const { model, shell, reset, resetView, closeReset } = useSetupPanel(props, setup, status, frame)
  return (
    <SetupContext.Provider value={model}>
      <SetupShellContext.Provider value={shell}>
        <GoogleSetupPanelView frame={frame} />
        <ResetGate view={resetView} reset={reset} onClose={closeReset} />
      </SetupShellContext.Provider>
    </SetupContext.Provider>
  )
}
