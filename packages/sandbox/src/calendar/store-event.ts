import type { CalendarState, EventResource, StoredEventState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { addStored } from './event-index.ts'

/** Stores a version of an event, with an etag of its own; one that was not stored before (its `order` is 0) becomes part of the calendar. */
export function storeEvent(
  world: World,
  calendar: CalendarState,
  stored: StoredEventState,
  resource: EventResource = stored.resource,
): StoredEventState {
  const isNew = stored.order === 0
  if (isNew) stored.order = ++world.state.sequence
  calendar.version += 1
  stored.version = calendar.version
  stored.resource = {
    ...resource,
    etag: `"${stored.order}${String(stored.version).padStart(9, '0')}"`,
    updated: new Date(world.clock.now()).toISOString(),
  }
  if (isNew) addStored(calendar, stored)
  return stored
}
