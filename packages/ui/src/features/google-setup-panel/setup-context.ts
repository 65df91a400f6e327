import type { GoogleService, NotificationMode } from '@tenantry/sdk/model'
import type { CheckReport, GoogleSetupStatus } from '@tenantry/sdk/wire'
import { createContext, useContext } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { PrivateMutation } from '../../data/use-private-mutation.ts'
import type { Translate } from '../../locales/use-messages.ts'
import type { googleSetupPanelMessages } from './google-setup-panel.messages.ts'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import type { SetupForm } from './setup-form.ts'
import type { SayProblem } from './use-field-words.ts'
import type { Declared, GoogleSetupStepId, SetupStep } from './setup-step.ts'

export type PanelTexts = Translate<(typeof googleSetupPanelMessages)['messages']>

/** Everything the panel's views show and call. */
export interface SetupModel {
  readonly t: PanelTexts
  readonly props: GoogleSetupPanelProps
  readonly appName: string
  readonly status: GoogleSetupStatus
  readonly form: UseFormReturn<SetupForm>
  readonly values: SetupForm
  readonly epoch: number
  readonly isDirty: boolean
  readonly services: readonly GoogleService[]
  readonly modes: readonly NotificationMode[]
  /** Typed or saved; null while there is none. */
  readonly project: string | null
  readonly steps: readonly SetupStep[]
  readonly openStep: GoogleSetupStepId | null
  /** What the chip says. */
  readonly state: 'missing' | 'partial' | 'ready' | 'attention'
  setOpenStep(step: GoogleSetupStepId | null): void
  readonly declared: Declared
  declare(patch: Partial<Declared>): void
  readonly test: PrivateMutation<void, CheckReport>
  runChecks(): void
  /** Tells the host of a failure. */
  reportFailure(error: unknown): void
  openReset(): void
  sayProblem: SayProblem
  /** Id of a field's control. */
  fieldId(field: keyof SetupForm): string
  /** Moves the focus into a field that is about to change its shape. */
  focusField(field: keyof SetupForm): void
}

export const SetupContext = createContext<SetupModel | null>(null)

/** The panel around a step. @throws Error outside a GoogleSetupPanel */
export function useSetupModel(): SetupModel {
  const model = useContext(SetupContext)
  if (!model) throw new Error('A setup step stands only inside <GoogleSetupPanel>.')
  return model
}
