import type { CheckOutcome } from '../connections/run-checks.ts'
import type { Context } from '../context.ts'
import { isLoopback, isPubliclyReachable } from '../model/addresses.ts'

/** On localhost people can sign in, and changes are polled. */
export function checkBaseUrl({ baseUrl, pushUrl }: Context): CheckOutcome {
  const url = new URL(baseUrl)
  const seen = { actual: pushUrl, facts: { baseUrl, pushUrl } }
  if (url.protocol !== 'https:' && !isLoopback(url)) return { ...seen, status: 'fail', code: 'push_not_possible' }
  return isPubliclyReachable(pushUrl) ? seen : { ...seen, status: 'warn', code: 'push_not_possible' }
}
