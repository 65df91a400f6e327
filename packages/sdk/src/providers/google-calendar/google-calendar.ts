import { isPubliclyReachable, publicPaths } from '../../model/addresses.ts'
import { googleScopes } from '../../model/scopes.ts'
import type { CalendarGateway, GoogleGateway } from '../../ports/index.ts'
import { createGoogleVendor } from '../../vendors/google/google-vendor.ts'
import { calendarPushAddress } from '../../vendors/google/names.ts'
import type { Provider } from '../provider.ts'
import { authenticateCalendarPush } from './authenticate-push.ts'
import { calendarChecks } from './checks.ts'
import { listCalendarChoices } from './choices.ts'
import { calendarVerbs } from './events/calendar-verbs.ts'
import type { CalendarVerbs } from './events/calendar-verbs.ts'
import { describeGoneEvent, ownKeyOf } from './item-state.ts'
import { nameCalendar } from './name-calendar.ts'
import { calendarPace } from './pace.ts'
import { pullCalendar, startCalendar } from './pull.ts'
import { chosenCalendar, parseCalendarSettings } from './settings.ts'
import type { CalendarSettings } from './settings.ts'
import { calendarRenewAt, stopChannel, subscribeCalendar } from './subscribe.ts'

/** An authorized Google Calendar for the host's own calls. They are the host's to pace: no budget counts them. */
export interface CalendarClient {
  readonly gateway: CalendarGateway
  accessToken(): Promise<string>
}

export interface GoogleCalendarProvider extends Provider<CalendarSettings, CalendarClient, CalendarVerbs> {
  readonly google: GoogleGateway
}

/** Changes of a Google calendar. A connection belongs to the person who made it. */
export function googleCalendar(options: { readonly google: GoogleGateway }): GoogleCalendarProvider {
  const { google } = options
  return {
    name: 'google-calendar',
    google,
    vendor: createGoogleVendor(google.endpoints),
    service: 'calendar',
    callbackPath: publicPaths.calendarCallback,
    pushPath: publicPaths.calendarPush,
    audiences: () => [{ name: 'google', scopes: googleScopes.calendar }],
    pace: calendarPace,
    reconcileEveryMs: { push: 30 * 60_000, polling: 60_000 },
    parseSettings: parseCalendarSettings,
    loginHint: () => undefined,
    // The main calendar's id is the account's address.
    identity: ({ calendarId }, { subject, address }) => JSON.stringify([subject, calendarId === 'primary' ? address : calendarId]),
    // What reaches further back has to be looked for.
    feed: ({ calendarId, pastDays }) => JSON.stringify([calendarId, pastDays]),
    // Any account of the person's may sign in; whose calendar it is shows in the list.
    checkAccount: () => undefined,
    probe: async (call) => {
      const calendarId = chosenCalendar(parseCalendarSettings(call.connection.settings))
      await google.calendar.getCalendar({ accessToken: await call.accessToken() }, calendarId)
      return {}
    },
    probeAccount: async (call) => {
      // Every account has a main calendar, whichever is chosen.
      await google.calendar.getCalendar({ accessToken: await call.accessToken() }, 'primary')
    },
    subscribe: async (call, current) => {
      // First, because what fails after a channel was opened leaves that channel behind.
      const named = await nameCalendar(google, call)
      return { ...(await subscribeCalendar(google, call, current)), ...named }
    },
    unsubscribe: (call, channel) => stopChannel(google, call, channel),
    renewAt: calendarRenewAt,
    pipeTarget: ({ pushUrl }) => Promise.resolve(isPubliclyReachable(pushUrl) ? calendarPushAddress(pushUrl) : null),
    start: (call, resume) => startCalendar(google, call, resume),
    pull: (call, cursor, resume) => pullCalendar(google, call, cursor, resume),
    // The whole list again: what it does not show any more is gone.
    recover: (call, _since, resume) => startCalendar(google, call, resume),
    describeGone: describeGoneEvent,
    ownKey: ownKeyOf,
    choices: (call) => listCalendarChoices(google, call),
    checks: (call) => calendarChecks(google, call),
    authenticatePush: authenticateCalendarPush,
    createClient: (call) => ({ gateway: google.calendar, accessToken: () => call.accessToken() }),
    verbs: (door) => calendarVerbs(google, door),
  }
}
