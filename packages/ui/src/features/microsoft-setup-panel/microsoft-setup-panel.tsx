import { useRef } from 'react'
import { useMicrosoftSetup } from '../../data/use-microsoft-setup.ts'
import type { MicrosoftSetup } from '../../data/use-microsoft-setup.ts'
import { VendorWords } from '../../elements/failure/vendor-words.tsx'
import { ResetGate, SetupShellContext, UnknownSetup } from '../../elements/setup-panel/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { VendorScope } from '../../locales/vendor.tsx'
import { PartClassNamesScope } from '../../parts/environment/part-class-names.tsx'
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
      <PartClassNamesScope classNames={props.classNames}>
        <VendorWords>
          <Panel {...props} />
        </VendorWords>
      </PartClassNamesScope>
    </VendorScope>
  )
}

function Panel(props: MicrosoftSetupPanelProps) {
  const setup = useMicrosoftSetup()
  const t = useMessages(microsoftSetupPanelMessages, props.messages)
  const { data } = setup.query
  if (data === undefined) return <UnknownSetup frame={frameOf(props, t)} query={setup.query} />
  return <KnownSetup props={props} setup={setup} status={data} />
}

interface KnownSetupProps {
  props: MicrosoftSetupPanelProps
  setup: MicrosoftSetup
  status: NonNullable<MicrosoftSetup['query']['data']>
}

function KnownSetup({ props, setup, status }: KnownSetupProps) {
  const frame = useRef<HTMLFormElement>(null)
  const { model, shell, reset, resetView, closeReset } = useSetupPanel(props, setup, status, frame)
  return (
    <SetupContext.Provider value={model}>
      <SetupShellContext.Provider value={shell}>
        <MicrosoftSetupPanelView frame={frame} />
        <ResetGate view={resetView} reset={reset} onClose={closeReset} />
      </SetupShellContext.Provider>
    </SetupContext.Provider>
  )
}
