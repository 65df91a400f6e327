import type { ErrorCode } from '@tenantry/sdk/errors'
import type { Health } from '@tenantry/sdk/wire'

const sendingReasons: readonly (ErrorCode | null)[] = ['smtp_auth_disabled', 'smtp_auth_failed', 'send_as_denied']

/** Mail comes in, and does not go out. */
export function isSendingRefused({ reason }: Pick<Health, 'reason'>): boolean {
  return sendingReasons.includes(reason)
}
