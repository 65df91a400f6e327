import { TenantryError } from '@tenantry/sdk/errors'
import { FailureBlock } from '../../elements/failure/index.ts'
import type { LaterSteps } from '../../elements/setup-panel/index.ts'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import type * as laterSteps from './later-steps.ts'
import type { MicrosoftSetupStepId } from './setup-step.ts'
import { StepRegister } from './step-register.tsx'

const offline = new TenantryError('network')

/** A step's content, once its code is here. */
export function StepContent({ id, later }: { id: MicrosoftSetupStepId; later: LaterSteps<typeof laterSteps> }) {
  if (id === 'register') return <StepRegister />
  if (later.error) return <FailureBlock error={offline} onRetry={later.retry} />
  if (!later.steps) return <Skeleton shape="block" />
  const { StepSecret, StepPermissions, StepVerify } = later.steps
  const steps = { secret: StepSecret, permissions: StepPermissions, verify: StepVerify }
  const Step = steps[id]
  return <Step />
}
