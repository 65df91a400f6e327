import { TenantryError } from '@tenantry/sdk/errors'
import { FailureBlock } from '../../elements/failure/index.ts'
import type { LaterSteps } from '../../elements/setup-panel/index.ts'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import type * as laterSteps from './later-steps.ts'
import type { GoogleSetupStepId } from './setup-step.ts'
import { StepProject } from './step-project.tsx'

const offline = new TenantryError('network')

/** A step's content, once its code is here. */
export function StepContent({ id, later }: { id: GoogleSetupStepId; later: LaterSteps<typeof laterSteps> }) {
  if (id === 'project') return <StepProject />
  if (later.error) return <FailureBlock error={offline} onRetry={later.retry} />
  if (!later.steps) return <Skeleton shape="block" />
  const { StepApis, StepConsent, StepClient, StepNotifications, StepVerify } = later.steps
  const steps = { apis: StepApis, consent: StepConsent, client: StepClient, notifications: StepNotifications, verify: StepVerify }
  const Step = steps[id]
  return <Step />
}
