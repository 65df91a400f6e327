import { calendarFailuresDe } from './calendar.ts'
import { connectingFailuresDe } from './connecting.ts'
import { grantFailuresDe } from './grant.ts'
import { microsoftFailuresDe } from './microsoft.ts'
import { providerApiFailuresDe } from './provider-api.ts'
import { requestFailuresDe } from './request.ts'

/** German words for what can end a sign-in, by code, with the places of the English ones: for the page after it and for the ui. */
export const signInFailuresDe = {
  ...requestFailuresDe,
  ...connectingFailuresDe,
  ...grantFailuresDe,
  ...providerApiFailuresDe,
  ...calendarFailuresDe,
  ...microsoftFailuresDe,
}
