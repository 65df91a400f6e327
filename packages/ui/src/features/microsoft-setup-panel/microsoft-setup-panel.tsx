import { useMicrosoftSetup } from '../../data/use-microsoft-setup.ts'
import type { MicrosoftSetup } from '../../data/use-microsoft-setup.ts'
import { VendorWords } from '../../elements/failure/vendor-words.tsx'
import { SetupGate } from '../../elements/setup-panel/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { VendorScope } from '../../locales/vendor.tsx'
import { frameOf } from './frame-of.ts'
import { useSetupPanel } from './microsoft-setup-panel.controller.ts'
import { microsoftSetupPanelMessages } from './microsoft-setup-panel.messages.ts'
import { MicrosoftSetupPanelView } from './microsoft-setup-panel.view.tsx'
import type { MicrosoftSetupPanelProps } from './panel-props.ts'
import { SetupContext } from './setup-context.ts'

/** The panel in which a tenant's admin adds the organization's own app in Microsoft Entra, step by step. */
export function MicrosoftSetupPanel(props: MicrosoftSetupPanelProps) {
  return (
    <VendorScope vendor="microsoft">
      <VendorWords>
        <Panel {...props} />
      </VendorWords>
    </VendorScope>
  )
}

function Panel(props: MicrosoftSetupPanelProps) {
  const setup = useMicrosoftSetup()
  const t = useMessages(microsoftSetupPanelMessages, props.messages)
  return (
    <SetupGate classNames={props.classNames} frame={frameOf(props, t)} query={setup.query}>
      {(status) => <KnownSetup props={props} setup={setup} status={status} />}
    </SetupGate>
  )
}

interface KnownSetupProps {
  props: MicrosoftSetupPanelProps
  setup: MicrosoftSetup
  status: NonNullable<MicrosoftSetup['query']['data']>
}

function KnownSetup({ props, setup, status }: KnownSetupProps) {
  const { model, shell } = useSetupPanel(props, setup, status)
  return (
    <SetupContext.Provider value={model}>
      <MicrosoftSetupPanelView shell={shell} />
    </SetupContext.Provider>
  )
}
