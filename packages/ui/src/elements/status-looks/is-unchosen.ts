import type { Health } from '@tenantry/sdk/wire'

/** Signed in, and the calendar is still to be chosen: not broken, but not finished either. */
export function isUnchosen({ status, reason }: Pick<Health, 'status' | 'reason'>): boolean {
  return status === 'error' && reason === 'calendar_not_chosen'
}
