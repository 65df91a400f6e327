import { appFieldFailures } from './failures/app-fields.ts'
import { calendarFailures } from './failures/calendar.ts'
import { connectingFailures } from './failures/connecting.ts'
import { grantFailures } from './failures/grant.ts'
import { microsoftFailures } from './failures/microsoft.ts'
import { notificationFailures } from './failures/notifications.ts'
import { providerApiFailures } from './failures/provider-api.ts'
import { pushFailures } from './failures/push.ts'
import { requestFailures } from './failures/request.ts'

export type { FailureTexts, FailureWords } from './failures/define-failures.ts'

/** Everything that can go wrong, in one table: HTTP status, whether trying again can help, and the words. */
export const failures = {
  ...requestFailures,
  ...appFieldFailures,
  ...connectingFailures,
  ...grantFailures,
  ...providerApiFailures,
  ...calendarFailures,
  ...microsoftFailures,
  ...notificationFailures,
  ...pushFailures,
}

export type ErrorCode = keyof typeof failures

export const errorCodes = Object.keys(failures) as ErrorCode[]
