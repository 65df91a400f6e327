import { isTenantryError, TenantryError } from '@tenantry/sdk/errors'
import { assertPrincipal } from '@tenantry/sdk/model'
import type { Principal } from '@tenantry/sdk/model'
import type { Door } from './handler-options.ts'

/**
 * Asks the host's session. A session that cannot be read is not an anonymous one.
 * @throws `unavailable` when `identify` throws; `unauthenticated` when its answer cannot be a person
 */
export async function identifyPrincipal({ identify }: Pick<Door, 'identify'>, request: Request): Promise<Principal | null> {
  const principal = await ask(identify, request)
  if (principal !== null && principal !== undefined) assertPrincipal(principal)
  return principal ?? null
}

async function ask(identify: Door['identify'], request: Request): Promise<Principal | null> {
  try {
    return await identify(request)
  } catch (error) {
    throw isTenantryError(error) ? error : new TenantryError('unavailable')
  }
}
