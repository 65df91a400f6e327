import { TenantryError } from '@tenantry/sdk/errors'
import type { Door } from './handler-options.ts'

/**
 * Takes one request of the allowance of these parts, for example tenant, person and operation.
 * @throws `rate_limited`; `unavailable` when the limiter fails
 */
export async function limitRate({ rate }: Pick<Door, 'rate'>, ...parts: string[]): Promise<void> {
  const waitMs = await askLimiter(rate, JSON.stringify(parts))
  if (!(waitMs <= 0)) throw new TenantryError('rate_limited', { retryAfterMs: waitMs })
}

async function askLimiter(rate: Door['rate'], key: string): Promise<number> {
  try {
    return await rate.take(key)
  } catch {
    // A limiter that is down must not open the door.
    throw new TenantryError('unavailable')
  }
}
