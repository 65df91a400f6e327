import { isTenantryError } from '@tenantry/sdk/errors'

const ATTEMPTS = 2

/** Whether a failed read is worth another try: only where the failure itself says that trying again can help. */
export function retryFailure(failed: number, error: Error): boolean {
  return failed < ATTEMPTS && isTenantryError(error) && error.retryable
}
