import type { Context } from '../context.ts'
import { isLoopback, isPubliclyReachable } from '../model/addresses.ts'

/** What the deployment's own addresses allow. */
export function describeAddresses({ baseUrl, pushUrl }: Context): { baseUrlProblem: 'not_https' | null; pushPossible: boolean } {
  return {
    baseUrlProblem: baseUrl.startsWith('https:') || isLoopback(new URL(baseUrl)) ? null : 'not_https',
    pushPossible: isPubliclyReachable(pushUrl),
  }
}
