import type { CalendarChanged, CalendarEvent } from '@tenantry/sdk'

/** A calendar as a host keeps it: from `calendar.changed` alone, by the rules that the event's words give. */
export interface HostCopy {
  /** @throws Error when the words of the change do not fit what the host has */
  apply(event: CalendarChanged): void
  /** By event id, in the form of {@link shapeOf}. */
  contents(): Map<string, unknown>
  events(): CalendarEvent[]
}

/** `written`: versions that the host itself made, as `eventId etag`, and their states. */
export function createHostCopy(written: ReadonlySet<string> = new Set()): HostCopy {
  const events = new Map<string, CalendarEvent>()
  return {
    apply({ change }) {
      const known = events.get(change.eventId)
      if (change.kind !== expectedKind(change, known)) throw new Error(`${change.eventId} is told as ${change.kind}`)
      const isWritten = written.has(`${change.eventId} ${change.etag}`)
      // Somebody who changes nothing, or takes a change back at once, leaves what the host wrote.
      const isSame = written.has(stateOf(change))
      if (change.status !== 'cancelled' && (change.own ? !isSame : isWritten)) throw new Error(`${change.eventId}: own is ${change.own}`)
      if (change.kind !== 'cancelled' || change.recurringEventId !== null) {
        events.set(change.eventId, change)
        return
      }
      events.delete(change.eventId)
      for (const [id, event] of events) if (event.recurringEventId === change.eventId) events.delete(id)
    },
    events: () => [...events.values()],
    // An instance whose series is gone takes nothing out of anything.
    contents: () => {
      const shown = [...events].filter(([, { recurringEventId }]) => recurringEventId === null || events.has(recurringEventId))
      return new Map(shown.map(([id, event]) => [id, shapeOf(event)]))
    },
  }
}

/** What a person may change in these tests. */
export function stateOf({ eventId, title, start, end }: CalendarEvent): string {
  return JSON.stringify([eventId, title, start?.instant, end?.instant])
}

function expectedKind(change: CalendarEvent, known: CalendarEvent | undefined): CalendarChanged['change']['kind'] {
  if (change.status === 'cancelled') return 'cancelled'
  if (known === undefined || known.status === 'cancelled') return known === undefined ? 'created' : 'moved'
  const place = ({ start, end, recurrence }: CalendarEvent) => JSON.stringify([start?.instant, end?.instant, recurrence])
  return place(known) === place(change) ? 'updated' : 'moved'
}

interface Shaped {
  readonly status: string
  readonly title: string | null
  readonly start: { readonly instant: string } | null
  readonly end: { readonly instant: string } | null
  readonly recurrence: readonly string[]
  readonly recurringEventId: string | null
  readonly originalStart: { readonly instant: string } | null
}

/** What has to be the same on both sides. A cancelled instance is only a date that is taken out. */
export function shapeOf({ status, title, start, end, recurrence, recurringEventId, originalStart }: Shaped): unknown {
  const away = { status, recurringEventId, originalStart: originalStart?.instant ?? null }
  if (status === 'cancelled') return away
  return { ...away, title, start: start?.instant ?? null, end: end?.instant ?? null, recurrence }
}
