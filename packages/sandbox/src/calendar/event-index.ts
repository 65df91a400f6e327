import type { CalendarState, StoredEventState } from '../state/account-state.ts'

interface EventIndex {
  byId: Map<string, StoredEventState>
  /** Changed, moved and cancelled instances, by series. */
  exceptions: Map<string, Set<StoredEventState>>
}

// Beside the state, which is plain JSON; made anew for a calendar that comes from a file.
const indexes = new WeakMap<CalendarState, EventIndex>()

/** A stored event by its id, deleted ones too. */
export function findStored(calendar: CalendarState, id: string): StoredEventState | undefined {
  return indexOf(calendar).byId.get(id)
}

/** The instances of a series that were changed, moved or cancelled. */
export function listExceptions(calendar: CalendarState, seriesId: string): StoredEventState[] {
  return [...(indexOf(calendar).exceptions.get(seriesId) ?? [])]
}

/** Puts an event at the end of the calendar. */
export function addStored(calendar: CalendarState, stored: StoredEventState): void {
  const index = indexOf(calendar)
  calendar.events.push(stored)
  enter(index, stored)
}

function indexOf(calendar: CalendarState): EventIndex {
  const known = indexes.get(calendar)
  if (known) return known
  const index: EventIndex = { byId: new Map(), exceptions: new Map() }
  for (const stored of calendar.events) enter(index, stored)
  indexes.set(calendar, index)
  return index
}

function enter({ byId, exceptions }: EventIndex, stored: StoredEventState): void {
  const { id, recurringEventId } = stored.resource
  byId.set(id, stored)
  if (typeof recurringEventId !== 'string') return
  const others = exceptions.get(recurringEventId)
  if (others) others.add(stored)
  else exceptions.set(recurringEventId, new Set([stored]))
}
