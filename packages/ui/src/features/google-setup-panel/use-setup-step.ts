import { useSetupModel } from './setup-context.ts'
import type { GoogleSetupStepId, SetupStep } from './setup-step.ts'

export interface SetupStepState extends SetupStep {
  readonly isOpen: boolean
  open(): void
  close(): void
}

/** One step of the panel around it, for `renderStepExtra`. @throws Error when the panel's services do not have this step */
export function useSetupStep(id: GoogleSetupStepId): SetupStepState {
  const { steps, openStep, setOpenStep } = useSetupModel()
  const step = steps.find((candidate) => candidate.id === id)
  if (!step) throw new Error(`This panel has no step "${id}".`)
  return { ...step, isOpen: openStep === id, open: () => setOpenStep(id), close: () => setOpenStep(null) }
}
