import { TenantryError } from '../../../errors/index.ts'
import type { Principal } from '../../../model/principal.ts'
import type { CalendarGateway, GoogleGateway, UserCall } from '../../../ports/index.ts'
import type { ProviderCall, VerbDoor } from '../../provider.ts'
import { chosenCalendar, parseCalendarSettings } from '../settings.ts'

/** What the verbs work with. */
export interface CalendarDesk {
  readonly google: GoogleGateway
  readonly door: VerbDoor
}

export interface CalendarTarget {
  readonly connectionId: string
  /** Whose request it is. Without one the host itself asks, for example in a job: then no rule is asked, so never pass an id that came with a request. */
  readonly principal?: Principal | undefined
}

export interface OpenCalendar {
  readonly call: ProviderCall
  readonly calendarId: string
  /** @throws our code for Google's refusal */
  ask<T>(work: (calendar: CalendarGateway, user: UserCall) => Promise<T>): Promise<T>
}

/** The calendar of a connection, for whoever asks. @throws `not_found`, `forbidden`, `calendar_not_chosen`, `direction_from_google`, the connection's reason */
export async function openCalendar({ google, door }: CalendarDesk, target: CalendarTarget, use: 'read' | 'write'): Promise<OpenCalendar> {
  const { connectionId, principal } = target
  const call = await door.open({ connectionId, principal })
  const settings = parseCalendarSettings(call.connection.settings)
  if (use === 'write' && settings.direction === 'from_google') throw new TenantryError('direction_from_google')
  return {
    call,
    calendarId: chosenCalendar(settings),
    ask: (work) => door.ask(call, (accessToken) => work(google.calendar, { accessToken })),
  }
}
