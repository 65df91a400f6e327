import { TenantryError } from '@tenantry/sdk/errors'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { FailureBlock } from '../failure/index.ts'
import type { LaterSteps } from './use-later-steps.ts'

const offline = new TenantryError('network')

/** A step's content once its code is here; until then its place, or that the code did not come. */
export function LaterStep({ id, later }: { id: string; later: LaterSteps }) {
  if (later.error) return <FailureBlock error={offline} onRetry={later.retry} />
  const Step = later.steps?.[id]
  return Step ? <Step /> : <Skeleton shape="block" />
}
