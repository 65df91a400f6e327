import { ownKeyOf } from '../item-state.ts'
import { assertShown } from './ask-about-event.ts'
import { fetchEvent } from './fetch-event.ts'
import { openCalendar } from './open-calendar.ts'
import type { CalendarDesk, CalendarTarget } from './open-calendar.ts'
import { unlessRefused } from './unless-refused.ts'
import { eventChanged } from './update-event.ts'
import { parseEtag, parseEventId, parseNotify } from './write-options.ts'
import type { WriteOptions } from './write-options.ts'

export interface DeleteEventOptions extends CalendarTarget, WriteOptions {
  /** Of a single event, a series with all its instances, or one instance of a series. */
  readonly eventId: string
  /** Of the version that is meant; `*` deletes whatever is there. */
  readonly etag: string
}

export interface DeletedEvent {
  /** False when it was not there any more. */
  readonly deleted: boolean
}

/**
 * Deletes an event, unless someone else changed it meanwhile. One that is already gone is no failure.
 * @throws `invalid_input`, `event_changed` with the present `etag` in its values, `direction_from_google`, `calendar_not_chosen`,
 * `calendar_not_found`, `calendar_read_only`
 */
export async function deleteEvent(desk: CalendarDesk, options: DeleteEventOptions): Promise<DeletedEvent> {
  const calendar = await openCalendar(desk, options, 'write')
  const { call, calendarId } = calendar
  const eventId = parseEventId(options.eventId)
  const input = { calendarId, eventId, etag: parseEtag(options.etag), sendUpdates: parseNotify(options.notify) }
  const deleted = await calendar.ask((gateway, user) => unlessRefused(412, gateway.deleteEvent(user, input)))
  if (deleted === false) await assertShown(calendar)
  if (deleted === null) throw eventChanged(await fetchEvent(calendar, eventId))
  // Also when it was gone: an earlier attempt may have deleted it and lost the answer.
  await desk.door.markOwn(call, ownKeyOf({ eventId, etag: null, status: 'cancelled' }))
  return { deleted }
}
