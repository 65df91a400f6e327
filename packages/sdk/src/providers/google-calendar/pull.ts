import { ProviderRefusal } from '../../errors/index.ts'
import type { CalendarEventPage, GoogleGateway } from '../../ports/index.ts'
import type { ItemState, ProviderCall, PulledPage } from '../provider.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { toItemState } from './item-state.ts'
import { limitOf } from './limit-of.ts'
import { listPage } from './list-page.ts'
import { ownCalendarId } from './own-calendar-id.ts'
import { readResume, writeResume } from './resume.ts'
import { chosenCalendar, parseCalendarSettings } from './settings.ts'

/** Everything that is in the calendar, page by page; the token of the last page is the place to go on from. */
export async function* startCalendar(google: GoogleGateway, call: ProviderCall, resume: string | null): AsyncIterable<PulledPage> {
  const settings = parseCalendarSettings(call.connection.settings)
  if (settings.direction === 'to_google') yield* lookOnly(google, call)
  else yield* readPages(google, call, { calendarId: await ownCalendarId(google, call), syncToken: null, resume })
}

/** Changes since a sync token, deletions included. */
export async function* pullCalendar(
  google: GoogleGateway,
  call: ProviderCall,
  cursor: string,
  resume: string | null,
): AsyncIterable<PulledPage> {
  const settings = parseCalendarSettings(call.connection.settings)
  // The place is kept, so that another direction goes on from it.
  if (settings.direction === 'to_google') return yield* lookOnly(google, call)
  const calendarId = await ownCalendarId(google, call)
  yield* readPages(google, call, { calendarId, syncToken: await readCursor(call.crypto, calendarId, cursor), resume })
}

/** Nothing is read, but what stands in the way of writing is noticed. */
async function* lookOnly(google: GoogleGateway, call: ProviderCall): AsyncIterable<PulledPage> {
  const settings = parseCalendarSettings(call.connection.settings)
  const { accessRole } = await google.calendar.getCalendar({ accessToken: await call.accessToken() }, chosenCalendar(settings))
  yield { changes: [], next: { resume: '' }, ...limitOf(settings, accessRole) }
}

interface Listing {
  readonly calendarId: string
  readonly syncToken: string | null
  readonly resume: string | null
}

/** More pages than any calendar has: whoever sends them does not mean to end. */
const pageLimit = 10_000

async function* readPages(
  google: GoogleGateway,
  call: ProviderCall,
  { calendarId, syncToken, resume }: Listing,
): AsyncIterable<PulledPage> {
  const settings = parseCalendarSettings(call.connection.settings)
  let { pageToken, pages } = readResume(resume)
  let kept = pageToken !== null
  for (;;) {
    const page = await listPage(google, call, { calendarId, syncToken, pageToken }).catch((error: unknown) => {
      // Only a page token of an earlier run can have grown old: from the first page, where what is known already is told once.
      if (!kept || !isForgotten(error, syncToken)) throw error
      ;({ pageToken, pages } = readResume(null))
      return listPage(google, call, { calendarId, syncToken, pageToken })
    })
    kept = false
    const changes = await readChanges(call, page, calendarId, settings.pastDays)
    const limit = limitOf(settings, page.accessRole)
    // An empty token is none: with it, everything would be told as changes.
    if (page.nextSyncToken)
      return yield { changes, next: { cursor: await writeCursor(call.crypto, calendarId, page.nextSyncToken) }, ...limit }
    pages += 1
    const following = page.nextPageToken || null
    if (following === null || following === pageToken) throw endless()
    pageToken = following
    yield { changes, next: { resume: writeResume({ pageToken, pages }) }, ...limit }
    // Further pages come one by one, with the waits between attempts, until the list ends.
    if (pages >= pageLimit) throw endless()
  }
}

async function readChanges(call: ProviderCall, page: CalendarEventPage, calendarId: string, pastDays: number): Promise<ItemState[]> {
  const facts = { calendarId, timeZone: page.timeZone ?? 'UTC', pastDays }
  const states = await Promise.all(page.events.map((raw) => toItemState(call, raw, facts)))
  const nameless = states.filter((state) => state === null).length
  if (nameless > 0) call.logger.log('warn', 'calendar.event_without_id', { connectionId: call.connection.id, count: nameless })
  return states.filter((state) => state !== null)
}

/** With a sync token, 410 is about that. */
function isForgotten(error: unknown, syncToken: string | null): boolean {
  return error instanceof ProviderRefusal && (error.httpStatus === 400 || (error.httpStatus === 410 && syncToken === null))
}

const endless = (): ProviderRefusal =>
  new ProviderRefusal({ vendor: 'google', operation: 'calendar.events.list', httpStatus: 200, reason: 'endless_pages' })
