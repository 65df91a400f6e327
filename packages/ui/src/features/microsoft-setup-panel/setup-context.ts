import type { CheckReport, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { createContext, useContext } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { PrivateMutation } from '../../data/use-private-mutation.ts'
import type { SetupState, SetupStepState, Ticks } from '../../elements/setup-panel/index.ts'
import type { Translate } from '../../locales/use-messages.ts'
import type { microsoftSetupPanelMessages } from './microsoft-setup-panel.messages.ts'
import type { MicrosoftSetupPanelProps } from './panel-props.ts'
import type { SetupForm } from './setup-form.ts'
import type { MicrosoftSetupStepId, ticks } from './setup-step.ts'

export type PanelTexts = Translate<(typeof microsoftSetupPanelMessages)['messages']>

/** Everything the panel's own views show and call. */
export interface SetupModel {
  readonly t: PanelTexts
  readonly props: MicrosoftSetupPanelProps
  readonly appName: string
  readonly status: MicrosoftSetupStatus
  readonly form: UseFormReturn<SetupForm>
  readonly values: SetupForm
  readonly epoch: number
  readonly steps: readonly SetupStepState<MicrosoftSetupStepId>[]
  readonly openStep: MicrosoftSetupStepId | null
  /** What the chip says. */
  readonly state: SetupState
  setOpenStep(step: MicrosoftSetupStepId | null): void
  readonly declared: Ticks<(typeof ticks)[number]>
  declare(patch: Partial<Ticks<(typeof ticks)[number]>>): void
  readonly test: PrivateMutation<void, CheckReport>
  runChecks(): void
  openReset(): void
}

export const SetupContext = createContext<SetupModel | null>(null)

/** The panel around a step. @throws Error outside a MicrosoftSetupPanel */
export function useSetupModel(): SetupModel {
  const model = useContext(SetupContext)
  if (!model) throw new Error('A setup step stands only inside <MicrosoftSetupPanel>.')
  return model
}
