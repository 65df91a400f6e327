import type { GoogleSetup } from '../../data/use-google-setup.ts'
import { useGoogleSetup } from '../../data/use-google-setup.ts'
import { SetupGate } from '../../elements/setup-panel/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
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
    <SetupGate classNames={props.classNames} frame={frameOf(props, t)} query={setup.query}>
      {(status) => <KnownSetup props={props} setup={setup} status={status} />}
    </SetupGate>
  )
}

interface KnownSetupProps {
  props: GoogleSetupPanelProps
  setup: GoogleSetup
  status: NonNullable<GoogleSetup['query']['data']>
}

function KnownSetup({ props, setup, status }: KnownSetupProps) {
  const { model, shell } = useSetupPanel(props, setup, status)
  return (
    <SetupContext.Provider value={model}>
      <GoogleSetupPanelView shell={shell} />
    </SetupContext.Provider>
  )
}
