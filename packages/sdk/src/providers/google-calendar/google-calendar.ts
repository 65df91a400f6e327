import { isPubliclyReachable, publicPaths } from '../../model/addresses.ts'
import { googleScopes } from '../../model/scopes.ts'
import type { CalendarGateway, GoogleGateway } from '../../ports/index.ts'
import { createGoogleVendor } from '../../vendors/google/google-vendor.ts'
import { calendarPushAddress } from '../../vendors/google/names.ts'
import type { Provider } from '../provider.ts'
import { authenticateCalendarPush } from './authenticate-push.ts'
import { pullCalendar, startCalendar } from './pull.ts'
import { parseCalendarSettings } from './settings.ts'
import type { CalendarSettings } from './settings.ts'
import { calendarRenewAt, subscribeCalendar } from './subscribe.ts'

/** An authorized Google Calendar for the host's own calls. */
export interface CalendarClient {
  readonly gateway: CalendarGateway
  accessToken(): Promise<string>
}

/** Changes of a Google calendar. A connection belongs to the person who made it. */
export function googleCalendar(options: {
  readonly google: GoogleGateway
}): Provider<CalendarSettings, CalendarClient> & { readonly google: GoogleGateway } {
  const { google } = options
  return {
    name: 'google-calendar',
    google,
    vendor: createGoogleVendor(google.endpoints),
    service: 'calendar',
    callbackPath: publicPaths.calendarCallback,
    pushPath: publicPaths.calendarPush,
    scopes: googleScopes.calendar,
    reconcileEveryMs: { push: 30 * 60_000, polling: 60_000 },
    parseSettings: parseCalendarSettings,
    loginHint: () => undefined,
    identity: ({ calendarId }, { subject }) => JSON.stringify([subject, calendarId]),
    // Any account of the person's may sign in; whose calendar it is shows in the list.
    checkAccount: () => undefined,
    probe: async (call) => {
      await google.calendar.getCalendar(
        { accessToken: await call.accessToken() },
        parseCalendarSettings(call.connection.settings).calendarId,
      )
      return {}
    },
    subscribe: (call, current) => subscribeCalendar(google, call, current),
    unsubscribe: async (call, { id, resourceId }) => {
      if (resourceId !== null) await google.calendar.stopChannel({ accessToken: await call.accessToken() }, { channelId: id, resourceId })
    },
    renewAt: calendarRenewAt,
    pipeTarget: ({ pushUrl }) => Promise.resolve(isPubliclyReachable(pushUrl) ? calendarPushAddress(pushUrl) : null),
    start: (call) => startCalendar(google, call),
    pull: (call, cursor) => pullCalendar(google, call, cursor),
    recover: (call) => startCalendar(google, call),
    authenticatePush: authenticateCalendarPush,
    createClient: (call) => ({ gateway: google.calendar, accessToken: () => call.accessToken() }),
  }
}
