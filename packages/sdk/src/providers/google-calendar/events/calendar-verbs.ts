import type { CalendarEvent } from '../../../model/calendar-event.ts'
import type { BusySpan, GoogleGateway } from '../../../ports/index.ts'
import type { VerbDoor } from '../../provider.ts'
import { createEvent } from './create-event.ts'
import type { CreateEventOptions } from './create-event.ts'
import { deleteEvent } from './delete-event.ts'
import type { DeletedEvent, DeleteEventOptions } from './delete-event.ts'
import { freeBusy } from './free-busy.ts'
import type { FreeBusyOptions } from './free-busy.ts'
import { getEvent } from './get-event.ts'
import type { GetEventOptions } from './get-event.ts'
import { listEvents } from './list-events.ts'
import type { EventList, ListEventsOptions } from './list-events.ts'
import { updateEvent } from './update-event.ts'
import type { UpdateEventOptions } from './update-event.ts'

/** What can be done with a connected calendar beyond connecting it. */
export interface CalendarVerbs {
  readonly events: {
    /** Creates an event, once for each idempotency key. */
    create(options: CreateEventOptions): Promise<CalendarEvent>
    /** Changes an event, a series or one instance, unless someone else changed it meanwhile. */
    update(options: UpdateEventOptions): Promise<CalendarEvent>
    /** Deletes an event, a series or one instance, unless someone else changed it meanwhile. */
    delete(options: DeleteEventOptions): Promise<DeletedEvent>
    /** An event as it is in Google now. */
    get(options: GetEventOptions): Promise<CalendarEvent>
    /** What takes place in a time, series as their instances. */
    list(options: ListEventsOptions): Promise<EventList>
  }
  /** When the calendar is taken. */
  freeBusy(options: FreeBusyOptions): Promise<{ readonly busy: readonly BusySpan[] }>
}

export function calendarVerbs(google: GoogleGateway, door: VerbDoor): CalendarVerbs {
  const desk = { google, door }
  return {
    events: {
      create: (options) => createEvent(desk, options),
      update: (options) => updateEvent(desk, options),
      delete: (options) => deleteEvent(desk, options),
      get: (options) => getEvent(desk, options),
      list: (options) => listEvents(desk, options),
    },
    freeBusy: (options) => freeBusy(desk, options),
  }
}

export type {
  CreateEventOptions,
  DeletedEvent,
  DeleteEventOptions,
  EventList,
  FreeBusyOptions,
  GetEventOptions,
  ListEventsOptions,
  UpdateEventOptions,
}
export type { AttendeeInput, EventChanges, EventInput, EventTimeInput } from './event-input.ts'
